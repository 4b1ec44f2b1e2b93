// Providers that take their time: one port for each, canned answers after a fixed delay.
// Tells its ports on the first line, and what each was asked when it is told to stop.

import { once } from 'node:events'
import { createServer } from 'node:http'

const [providers, delayMs, answers] = JSON.parse(process.argv[2])
const heard = Array.from({ length: providers }, () => [])
const servers = heard.map((log) =>
  createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      log.push([request.method, request.url, body])
      const streamed = body.includes('"stream":true')
      setTimeout(() => {
        response.writeHead(200, {
          'content-type': streamed ? 'text/event-stream' : 'application/json',
        })
        response.end(streamed ? answers.stream : answers.json)
      }, delayMs)
    })
  }),
)
for (const server of servers) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
}
console.log(JSON.stringify(servers.map((server) => server.address().port)))
process.on('message', (what) => {
  if (what === 'heard') process.send(heard)
  for (const log of heard) log.length = 0
})
process.on('disconnect', () => process.exit())
