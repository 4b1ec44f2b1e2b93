// How fast the reference provider is on this machine: small JSON answers, and events of streams.
//
//     npx tsx benchmarks/reference.ts [seconds] [connections]

import { Agent, request } from 'undici'
import { startReference } from '../reference/main.ts'

const [seconds = 5, connections = 16] = process.argv.slice(2).map(Number)
const reference = await startReference()
const agent = new Agent({ connections })
const ask = async (body: object): Promise<string> => {
  const { body: answer } = await request(`${reference.url}/responses`, {
    method: 'POST',
    dispatcher: agent,
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'reference', ...body }),
  })
  return answer.text()
}

/** Units each second of time and of processor time (client included), all connections busy. */
async function rate(once: () => Promise<number>): Promise<string> {
  const run = async (ms: number): Promise<number> => {
    const end = performance.now() + ms
    let units = 0
    const work = async (): Promise<void> => {
      while (performance.now() < end) units += await once()
    }
    await Promise.all(Array.from({ length: connections }, work))
    return units
  }
  await run(1000) // Cold code would be measured otherwise.
  const before = process.cpuUsage()
  const started = performance.now()
  const units = await run(seconds * 1000)
  const { user, system } = process.cpuUsage(before)
  const each = (ms: number): string => Math.round((units * 1000) / ms).toLocaleString('en')
  return `${each(performance.now() - started)}/s, ${each((user + system) / 1000)} per CPU second`
}

const count = { input: 'Count from 1 to 200 in English words.', stream: true }
const answers = await rate(async () => {
  await ask({ input: 'Reply with exactly: ready' })
  return 1
})
const events = await rate(async () => (await ask(count)).split('\n\n').length - 1)
console.log({ 'JSON answers': answers, 'stream events': events, connections })
await agent.close()
await reference.close()
