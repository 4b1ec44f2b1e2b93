// Recordings that mean harm end in a sentence.

import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { JSON_HEADERS, record, LINE, read, reasonsOf } from './recorded-answer.ts'

describe('files that mean harm end in a sentence', () => {
  const deep = '['.repeat(100_000)
  const netstring = (content: string, type: string): string => `${content.length}:${content}${type}`
  let nested = netstring('', '~')
  for (let depth = 0; depth < 200; depth++) nested = netstring(nested, ']')
  const files: Readonly<Record<string, readonly [string | Buffer, string]>> = {
    nothing: ['', 'is empty'],
    blanks: [' \n\n ', 'is empty'],
    'an empty HAR': ['{"log":{"entries":[]}}', 'there is nothing in it'],
    'prose with escapes': ['Dear \u001b[31mreader', 'begins with "Dear \\u001b[31mreader"'],
    'a zip archive': [Buffer.from('PK\u0003\u0004…'), 'a zip archive; unpack it'],
    zstd: [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0]), 'packed by zstd; unpack it'],
    'half a gzip': [gzipSync(LINE).subarray(0, 40), 'cannot be unpacked'],
    'gzip in gzip in gzip in gzip': [
      gzipSync(gzipSync(gzipSync(gzipSync(LINE)))),
      'packed by gzip more than 3 times',
    ],
    'a bomb': [gzipSync(Buffer.alloc(257 * 1024 * 1024)), 'unpacks to more than 256 MiB'],
    'deep JSON': [deep, 'nested too deeply'],
    'a million lines': ['{}\n'.repeat(1_000_001), 'more than 1000000 lines'],
  }

  test.each(Object.entries(files))('%s', (_, [file, said]) => {
    expect(() => read(file)).toThrow(said)
  })

  const leftOut: Readonly<Record<string, readonly [string, string]>> = {
    'a flow in a flow in a flow': [`12:${nested}`, 'it breaks off, or is no flow'],
    'a flow that breaks off': ['9999:4:type;4:http;', 'it breaks off, or is no flow'],
    'YAML that doubles itself': [
      `interactions:\n- &a [x]\n${Array.from({ length: 40 }, (__, at) => `- &${'bcdefghijklmnopqrstuvwxyz'.repeat(2).slice(at, at + 3)} [*a, *a]`).join('\n')}`,
      'no answer was recorded',
    ],
    'a body of 9 MiB': [
      JSON.stringify(
        record({ status: 200, headers: JSON_HEADERS, body: 'x'.repeat(9 * 1024 * 1024) }),
      ),
      'its body has 9 MiB; at most 8 MiB are judged',
    ],
    'a body that is a bomb': [
      JSON.stringify({
        log: {
          entries: [
            {
              request: { method: 'POST', url: 'http://h/v1/responses' },
              response: {
                status: 200,
                headers: [{ name: 'content-encoding', value: 'gzip' }],
                content: {
                  encoding: 'base64',
                  text: gzipSync(Buffer.alloc(9 * 1024 * 1024)).toString('base64'),
                },
              },
            },
          ],
        },
      }),
      'its body cannot be unpacked, or to more than 8 MiB',
    ],
  }

  test.each(Object.entries(leftOut))('%s', (_, [file, said]) => {
    const traffic = read(file)
    expect(traffic.exchanges).toEqual([])
    expect(reasonsOf(traffic)[0]).toContain(said)
  })
})
