// The same requests without a test suite: read from stdin, sent with the same limit for each provider.

import { readFileSync } from 'node:fs'
import { Agent, request } from 'undici'

const { ports, heard, concurrency } = JSON.parse(readFileSync(0, 'utf8'))
await Promise.all(
  ports.map(async (port, index) => {
    const dispatcher = new Agent({ connections: concurrency })
    const waiting = [...heard[index]]
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [method, path, body] = next
        const headers = { 'content-type': 'application/json' }
        const reply = await request(`http://127.0.0.1:${port}${path}`, {
          method,
          dispatcher,
          headers,
          ...(body === '' ? {} : { body }),
        })
        await reply.body.text()
      }
    }
    await Promise.all(Array.from({ length: concurrency }, work))
    await dispatcher.close()
  }),
)
