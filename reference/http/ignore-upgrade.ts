// A server may ignore an upgrade that it does not know (RFC 9110, section 7.8). Java's own HTTP client asks for
// `h2c` on each plain connection, and goes on in HTTP/1.1 when the answer comes.

import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** What only means something together with the upgrade. */
const OF_UPGRADES = ['upgrade', 'http2-settings']

/** Hears the request once more, without its upgrade. `head` is what came of its body. */
export function ignoreUpgrade(
  server: Server,
  { method, url, httpVersion, rawHeaders }: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const lines = [`${method} ${url} HTTP/${httpVersion}`]
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]!
    const value = rawHeaders[index + 1]!
    const key = name.toLowerCase()
    if (key === 'connection') {
      const options = value.split(',').map((option) => option.trim())
      const rest = options.filter((option) => !OF_UPGRADES.includes(option.toLowerCase()))
      if (rest.length > 0) lines.push(`${name}: ${rest.join(', ')}`)
    } else if (!OF_UPGRADES.includes(key)) lines.push(`${name}: ${value}`)
  }
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]))
  // The server takes the socket as a connection that has just come.
  server.emit('connection', socket)
}
