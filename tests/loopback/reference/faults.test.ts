import { afterEach, expect, test } from 'vitest'
import type { FaultOptions } from '../../../reference/delivery-faults.ts'
import type { Reference } from '../../../reference/main.ts'
import { startReference } from '../../../reference/main.ts'
import { clientOf } from './client.ts'

let reference: Reference | undefined

afterEach(async () => {
  await reference?.close()
  reference = undefined
})

async function start(faults: FaultOptions, now?: () => number): Promise<Reference> {
  reference = await startReference({ faults, ...(now === undefined ? {} : { now }) })
  return reference
}

/** The bytes of a stream; what came before the cut when there is one. */
async function stream(at: Reference): Promise<{ readonly text: string; readonly cut: boolean }> {
  const response = await fetch(`${at.url}/responses`, {
    method: 'POST',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: JSON.stringify({
      model: 'reference',
      input: 'Count from 1 to 9 in English words.',
      stream: true,
      stream_options: { include_obfuscation: false },
    }),
  })
  let text = ''
  try {
    for await (const chunk of response.body!) text += Buffer.from(chunk).toString('latin1')
    return { text, cut: false }
  } catch {
    return { text, cut: true }
  }
}

const shape = (text: string): string =>
  text.replaceAll(/"(?:id|item_id)":"\w+"|"(?:created|completed)_at":\d+/g, '')

test('drops a connection at the place that the seed names', async () => {
  const faults = { drop: 1, seed: 5 }
  const first = await stream(await start(faults))
  await reference!.close()
  const second = await stream(await start(faults))
  expect(first.cut).toBe(true)
  expect(first.text).not.toContain('response.completed')
  expect(shape(second.text)).toBe(shape(first.text))
})

test('trickles the same bytes in small pieces', async () => {
  const { text, cut } = await stream(await start({ trickle: { bytes: 700, every: 1 } }))
  expect(cut).toBe(false)
  expect(text.trimEnd().split('\n\n').at(-1)).toContain('event: response.completed')
})

test('paces deltas, and puts garbage between events', async () => {
  const { text } = await stream(
    await start({ latency: 5, firstToken: 5, tokenRate: 1000, garbage: 1, seed: 2 }),
  )
  expect(text).toContain('\u0000garbage')
  expect(text).toContain('response.completed')
})

test('limits the rate, and says when to come back', async () => {
  let clock = 1_800_000_000_000
  const client = clientOf(await start({ rateLimit: { requests: 2, per: 60_000 } }, () => clock))
  const statuses = []
  for (let round = 0; round < 3; round += 1) {
    statuses.push((await client.create({ input: 'Hi' })).status)
  }
  expect(statuses).toEqual([200, 200, 429])
  const limited = await client.create({ input: 'Hi', stream: true })
  expect(limited.headers.get('retry-after')).toBe('60')
  expect(limited.body.error.code).toBe('rate_limit_exceeded')
  clock += 60_000
  expect((await client.create({ input: 'Hi' })).status).toBe(200)
})

test('limits the requests in flight', async () => {
  // One waits inside for as long as it takes that the others are refused, however busy the machine is.
  const client = clientOf(await start({ inFlight: 1, latency: 600_000 }))
  const refused = await new Promise<readonly number[]>((resolve) => {
    const seen: number[] = []
    for (const input of ['Hi', 'Ho', 'Ha']) {
      void client.create({ input }).then(
        ({ status }) => {
          if (seen.push(status) === 2) resolve(seen)
        },
        () => undefined,
      )
    }
  })
  expect(refused).toEqual([429, 429])
})
