import { expect, test } from 'vitest'
import { runCommandLine, type FinishedCommand } from './command.ts'

/** Starts `serve`, asks it, and stops it as Ctrl-C would. */
async function served(
  args: readonly string[],
  ask: (url: string) => Promise<void>,
): Promise<FinishedCommand> {
  const stop = new AbortController()
  let asked: Promise<void> | undefined
  const finished = await runCommandLine(['serve', ...args], {
    stop: stop.signal,
    onPrint(text) {
      asked ??= ask(text.split('\n')[0]!).finally(() => stop.abort())
    },
  })
  await asked
  return finished
}

function post(url: string, body: object): Promise<Response> {
  return fetch(`${url}/responses`, {
    method: 'POST',
    headers: { authorization: 'Bearer k-of-mine', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'm', ...body }),
  })
}

test('a correct server for authors of clients, with trouble where it is asked for', async () => {
  const statuses: number[] = []
  const { code } = await served(
    ['--key', 'k-of-mine', '--model', 'm', '--rate-limit', '2/60', '--trickle', '99/1'],
    async (url) => {
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/)
      for (const input of ['Reply with exactly: one', 'two', 'three']) {
        const reply = await post(url, { input })
        statuses.push(reply.status)
        if (statuses.length === 1) expect(await reply.text()).toContain('"text":"one"')
      }
    },
  )
  expect(statuses).toEqual([200, 200, 429])
  expect(code).toBe(0)
})

test('a connection that is cut, and the same cut again by the same seed', async () => {
  const lengths: number[] = []
  const body = { input: 'Count from 1 to 9 in English words.', stream: true }
  for (const seed of ['3', '3', '4']) {
    await served(
      ['--key', 'k-of-mine', '--model', 'm', '--drop', '1', '--seed', seed],
      async (url) => {
        const { body: stream } = await post(url, body)
        let events = 0
        try {
          for await (const chunk of stream!) {
            events += Buffer.from(chunk).toString().split('\n\n').length - 1
          }
          expect.unreachable('the stream was not cut')
        } catch {
          lengths.push(events)
        }
      },
    )
  }
  expect(lengths[0]).toBe(lengths[1])
  expect(lengths[2]).not.toBe(lengths[0])
})

test.each([
  [['--drop', '2'], 'a number from 0 to 1 is needed'],
  [['--trickle', '7'], 'write bytes and milliseconds, such as 7/20'],
  [['--rate-limit', 'fast'], 'write requests and seconds, such as 60/60'],
  [['--as', 'crum'], 'crun'],
  [['--mutant', 'basic/object-typ'], 'basic/object-type'],
])('says what to write instead of %j', async (args, hint) => {
  const { code, stderr } = await runCommandLine(['serve', ...args])
  expect(stderr).toContain(hint)
  expect(stderr).not.toMatch(/\n\s+at /)
  expect(code).toBe(2)
})

test('other APIs, where they are asked for', async () => {
  const { code } = await served(['--speak', 'chat, messages', '--key', 'k'], async (url) => {
    const asked = await fetch(`${url}/chat/completions`, {
      method: 'POST',
      headers: { authorization: 'Bearer k', 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'reference',
        messages: [{ role: 'user', content: 'Reply with exactly: one' }],
      }),
    })
    expect(await asked.text()).toContain('"content":"one"')
  })
  expect(code).toBe(0)
})

test.each([
  [['--speak', 'chat,smoke'], '"smoke" is not among responses, chat, messages'],
  [['--speak', 'chat', '--as', 'crun'], "'--as <vendor>' cannot be used with option '--speak"],
])('refuses %j', async (args, message) => {
  const { code, stderr } = await runCommandLine(['serve', ...args])
  expect(code).toBe(2)
  expect(stderr).toContain(message)
})
