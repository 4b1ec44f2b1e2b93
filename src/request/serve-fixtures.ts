// Serves a picture and a PDF of this run on loopback, for providers on this machine that fetch by URL.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Fixture } from '../target/target-and-keys.ts'
import { drawWord } from './draw-image.ts'
import { writePdf } from './write-pdf.ts'
import { drawCodeWord } from './code-words.ts'

export interface FixtureServer {
  readonly image: Fixture
  readonly pdf: Fixture
  close(): Promise<void>
}

export async function serveFixtures(random: () => number): Promise<FixtureServer> {
  const [imageWord, pdfWord] = [drawCodeWord(random), drawCodeWord(random)]
  const files = new Map<string | undefined, readonly [type: string, bytes: Uint8Array]>([
    ['/image.png', ['image/png', drawWord(imageWord, { format: 'png' })]],
    ['/document.pdf', ['application/pdf', writePdf(`The code word is ${pdfWord}.`)]],
  ])
  const server = createServer((request, reply) => {
    const [type, bytes] = files.get(request.url) ?? []
    if (type === undefined) reply.writeHead(404).end()
    else reply.writeHead(200, { 'content-type': type }).end(bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    image: { url: `${base}/image.png`, word: imageWord },
    pdf: { url: `${base}/document.pdf`, word: pdfWord },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Whether the provider runs on this machine, and so can reach a server on loopback. */
export function isLoopback(baseUrl: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(baseUrl).hostname)
}

/** Whether an address is one that nobody outside of its own network can fetch from. */
export function isPrivateAddress(url: string): boolean {
  return (
    isLoopback(url) ||
    /^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(new URL(url).hostname)
  )
}
