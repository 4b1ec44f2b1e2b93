import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { isObject, show } from '../../../src/authoring/read.ts'
import type { Contract, EveryExchange, Finding, Json } from '../../../src/types/index.ts'
import { text } from '../../basic/scenarios.ts'
import { finding, itemsAt, judgeAnswer, partsAt, type Answer } from '../answers.ts'

const PROMISES = ['promise openai-format', 'promise openai-sdk'] as const

export default defineCheck({
  id: 'common/keeps-the-promised-format',
  title: 'Who promises OpenAI’s format answers so that OpenAI’s SDK finds the text and the calls',
  kind: 'wire',
  scenario: 'every',
  covers: ['own-openai-format'],
  only: ['own'],
  documents: true,

  judge({ exchange }: EveryExchange, { contract }) {
    return judgeAnswer(exchange, (reply) =>
      promised(contract) ? missed(reply) : 'the documents promise no format but their own',
    )
  },

  mutants: [
    {
      story: 'a provider recommends the SDK, and answers with objects that the SDK passes over',
      on: text,
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, object: 'completion' })),
    },
  ],
})

function promised(contract: Contract): boolean {
  return PROMISES.some((hinge) => contract.claim([hinge]).status === 'documented')
}

/** What the SDK and the programs built on it cannot do without. */
function missed(reply: Answer): readonly Finding[] {
  const { response, at } = reply
  const { object, id, output, usage } = response
  const wanted = (ok: boolean, pointer: string, expected: string, actual: Json | undefined) =>
    ok ? [] : [finding(`${at}${pointer}`, expected, show(actual))]
  const texts = partsAt(reply.exchange).filter(({ value }) => typeof value['text'] === 'string')
  return [
    ...wanted(object === 'response', '/object', '"response"', object),
    ...wanted(typeof id === 'string', '/id', 'a string', id),
    ...wanted(Array.isArray(output), '/output', 'an array', output),
    ...wanted(
      !isObject(usage) || typeof usage['input_tokens'] === 'number',
      '/usage/input_tokens',
      'a number',
      isObject(usage) ? usage['input_tokens'] : undefined,
    ),
    ...itemsAt(reply.exchange, 'message')
      .filter(({ value }) => !Array.isArray(value['content']))
      .map((item) => finding(`${item.at}/content`, 'an array', show(item.value['content']))),
    ...texts
      .filter(({ value }) => value['type'] !== 'output_text')
      .map((part) => finding(`${part.at}/type`, '"output_text"', show(part.value['type']))),
  ]
}
