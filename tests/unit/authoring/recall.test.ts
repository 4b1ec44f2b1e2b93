import { expect, test } from 'vitest'
import {
  decoysOf,
  judgeEachRecall,
  judgeRecall,
  variantOf,
  codeWordsOf,
} from '../../../src/authoring/code-word.ts'
import { createAnsweredExchange } from '../../exchange.ts'
import type { Exchange, Json } from '../../../src/types/index.ts'

const WORD = 'ZX7-0F9A21C0'

function answering(...content: readonly Json[]): Exchange {
  return createAnsweredExchange({ object: 'response', output: [{ type: 'message', content }] })
}

function judge(...content: readonly Json[]): string {
  return judgeRecall('ask', answering(...content), WORD, 'in the file').kind
}

test('variants are distinct code words that can be worked out', () => {
  expect(variantOf(WORD, 1)).toBe('ZX7-10AB32D1')
  expect(new Set([WORD, ...decoysOf(WORD)]).size).toBe(5)
  expect(codeWordsOf(`${WORD} or ${decoysOf(WORD).join(' or ')}`).length).toBe(5)
})

test('only the word itself is a recall, however it is wrapped', () => {
  expect(judge({ type: 'output_text', text: `{"word":"${WORD}"}` })).toBe('holds')
  expect(judge({ type: 'text', text: `It is ${WORD.toLowerCase()}.` })).toBe('holds')
  expect(judge({ type: 'output_text', text: '{"word":"unknown"}' })).toBe('violated')
  expect(judge({ type: 'output_text', text: variantOf(WORD, 7) })).toBe('violated')
  expect(judge(null, { text: 3 })).toBe('violated')
  expect(judge({ type: 'output_text', text: `${WORD}, ${variantOf(WORD, 7)}` })).toBe(
    'inconclusive',
  )
  expect(judge({ type: 'refusal', refusal: 'No.' })).toBe('inconclusive')
})

test.each([
  ['that asked two words', { mine: {}, yours: {} }, 'inconclusive'],
  ['that asked this word alone', { mine: {} }, 'violated'],
] as const)('prose with another word, to a question %s', (_, properties, kind) => {
  const other = variantOf(WORD, 7)
  const json = { text: { format: { type: 'json_schema', schema: { properties } } } }
  const exchange = answering({ type: 'output_text', text: `The code word is ${other}.` })
  const asked = { ...exchange, request: { ...exchange.request, body: { json } } }
  expect(judgeEachRecall('ask', asked, { mine: WORD }, 'in the file').kind).toBe(kind)
})
