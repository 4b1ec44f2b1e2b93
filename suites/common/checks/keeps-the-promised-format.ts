import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { isObject, show } from '../../../src/authoring/read.ts'
import type { Contract, EveryExchange, Finding, Json } from '../../../src/types/index.ts'
import { textScenario } from '../../basic/scenarios.ts'
import { createFinding, readItemsAt, judgeAnswer, readPartsAt, type Answer } from '../answers.ts'
import { mapItems, mapParts } from '../mutants.ts'

// What is looked at is alike in both formats.
const PROMISES = [
  'promise openai-format',
  'promise openai-sdk',
  'promise open-responses-format',
] as const

export default defineCheck({
  id: 'common/keeps-the-promised-format',
  title:
    'Who promises a published format answers so that OpenAI’s SDK finds the text and the calls',
  kind: 'wire',
  scenario: 'every',
  covers: ['own-openai-format'],
  promises: ['promise openai-sdk', 'promise open-responses-format'],
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
      on: textScenario,
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, object: 'completion' })),
    },
    {
      story: 'an adapter puts the text of a message where the list of its parts belongs',
      on: textScenario,
      reply: (reply) => mapItems(reply, 'message', (item) => ({ ...item, content: 'ready' })),
    },
    {
      story: 'a gateway calls parts of text by the name of another API',
      on: textScenario,
      reply: (reply) => mapParts(reply, (part) => ({ ...part, type: 'text' })),
    },
  ],
})

function promised(contract: Contract): boolean {
  return PROMISES.some((apiPath) => contract.claim([apiPath]).status === 'documented')
}

/** What the SDK and the programs built on it cannot do without. */
function missed(reply: Answer): readonly Finding[] {
  const { response, at } = reply
  const { object, id, output, usage } = response
  const wanted = (ok: boolean, pointer: string, expected: string, actual: Json | undefined) =>
    ok ? [] : [createFinding(`${at}${pointer}`, expected, show(actual))]
  const texts = readPartsAt(reply.exchange).filter(({ value }) => typeof value['text'] === 'string')
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
    ...readItemsAt(reply.exchange, 'message')
      .filter(({ value }) => !Array.isArray(value['content']))
      .map((item) => createFinding(`${item.at}/content`, 'an array', show(item.value['content']))),
    ...texts
      .filter(({ value }) => value['type'] !== 'output_text')
      .map((part) => createFinding(`${part.at}/type`, '"output_text"', show(part.value['type']))),
  ]
}
