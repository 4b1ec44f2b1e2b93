// Providers that send more than anybody can hold.

import { brotliCompressSync, gzipSync } from 'node:zlib'
import { createAnswer, createEvent } from './answers.ts'
import {
  JSON_TYPE,
  HEAD,
  CHUNKED,
  MB,
  says,
  pours,
  chunk,
  broken,
  type HostileProvider,
} from './ways.ts'

export const TOO_MUCH: Readonly<Record<string, HostileProvider>> = {
  'a body of a gigabyte': broken(
    pours(`${HEAD}content-type: application/json\r\ncontent-length: 1073741824\r\n\r\n`, (index) =>
      index < 1024 ? MB : undefined,
    ),
  ),
  'a body without end': broken(pours(`${HEAD}content-type: application/json\r\n\r\n"`, () => MB)),
  'a stream without end': broken(
    pours(CHUNKED, (index) =>
      chunk(
        createEvent('response.output_text.delta', { delta: 'x', sequence_number: index }).repeat(
          100,
        ),
      ),
    ),
  ),
  'a million events': broken(
    pours(CHUNKED, (index) => (index < 1000 ? chunk(createEvent('x').repeat(1000)) : '0\r\n\r\n')),
  ),
  'a million comments': broken(
    pours(CHUNKED, (index) => (index < 1000 ? chunk(':\n\n'.repeat(1000)) : '0\r\n\r\n')),
  ),
  'nothing but line ends': broken(
    pours(CHUNKED, (index) => (index < 7 ? chunk('\n'.repeat(1024 * 1024)) : '0\r\n\r\n')),
  ),
  'one frame without end': broken(pours(CHUNKED, () => chunk(`data: ${MB.toString()}\n`))),
  'millions of chunks of one byte': broken(
    pours(CHUNKED, (index) => (index < 100 ? '1\r\n:\r\n'.repeat(10_000) : '0\r\n\r\n')),
  ),
  'a bomb of gzip': broken(
    says(gzipSync(Buffer.alloc(256 * 1024 * 1024, ' '), { level: 9 }), {
      ...JSON_TYPE,
      'content-encoding': 'gzip',
    }),
  ),
  'a bomb of brotli': broken(
    says(brotliCompressSync(Buffer.alloc(64 * 1024 * 1024, '['), { params: { 1: 4 } }), {
      ...JSON_TYPE,
      'content-encoding': 'br',
    }),
  ),
  'a million empty objects': broken(
    says(
      JSON.stringify(createAnswer('', { output: [] })).replace(
        '"output":[]',
        `"output":[${'{},'.repeat(1_000_000)}{}]`,
      ),
    ),
  ),
  'a million keys': broken(
    says(`{${Array.from({ length: 500_000 }, (_, index) => `"k${index}":0`).join()}}`),
  ),
  'a hundred thousand levels': broken(says('['.repeat(100_000) + ']'.repeat(100_000))),
  'a hundred thousand levels of objects': broken(
    says(`${'{"output":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
  ),
  'a number of a million digits': broken(says(`{"created_at":${'9'.repeat(1_000_000)}}`)),
}
