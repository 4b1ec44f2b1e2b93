// A compressed stream is read as if it were plain, with the times at which its events came.

import { createGzip, constants, brotliCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { decodeBody, type RawBody } from '../../../src/transport/decode-body.ts'

const frame = (index: number): string =>
  `event: response.output_text.delta\ndata: {"type":"response.output_text.delta","sequence_number":${index}}\n\n`

/** What a server sends that flushes its compression behind each event, one a second. */
async function compressFrames(count: number): Promise<Pick<RawBody, 'bytes' | 'chunks'>> {
  const gzip = createGzip()
  const parts: Buffer[] = []
  gzip.on('data', (part: Buffer) => parts.push(part))
  const chunks: [number, number][] = []
  for (let index = 0; index < count; index++) {
    const before = Buffer.concat(parts).length
    gzip.write(frame(index))
    await new Promise<void>((done) => gzip.flush(constants.Z_SYNC_FLUSH, done))
    chunks.push([before, index * 1000])
  }
  await new Promise<void>((done) => gzip.on('end', done).end())
  return { bytes: Buffer.concat(parts), chunks }
}

const request = {
  operation: 'create',
  method: 'POST',
  path: '/responses',
  body: { json: { stream: true } },
} as const

function decode(
  encoding: string,
  { bytes, chunks }: Pick<RawBody, 'bytes' | 'chunks'>,
): ReturnType<typeof decodeBody> {
  return decodeBody({
    request,
    status: 200,
    headers: [
      ['Content-Type', 'text/event-stream'],
      ['Content-Encoding', encoding],
    ],
    bytes,
    chunks,
    ending: 'complete',
    leftOpen: false,
  })
}

test('what was offered is no fault, and each event has its own time', async () => {
  const body = decode('gzip', await compressFrames(4))
  if (body.kind !== 'events') throw new Error(`it was read as ${body.kind}`)
  expect(body.events.map(({ ms }) => ms)).toEqual([0, 1000, 2000, 3000])
  expect(body.anomalies).toEqual([])
})

test('what was not offered is said to be that', () => {
  const bytes = brotliCompressSync(frame(0))
  const body = decode('br', { bytes, chunks: [[0, 5]] })
  expect(body).toMatchObject({ kind: 'events', anomalies: [{ kind: 'unasked-compression' }] })
})
