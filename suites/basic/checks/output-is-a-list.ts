import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, readItemsAt, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { refusedRequestScenario, textScenario } from '../scenarios.ts'
import { mapItems } from '../../common/mutants.ts'
import { countVisibleTokens, OF_SILENCE } from '../visible-tokens.ts'

export default defineCheck({
  id: 'basic/output-is-a-list',
  title:
    'output is a list of the items that were generated, and the content of each message a list of parts',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-output-array', 'basic-output-is-kept'],
  only: PUBLISHED,
  documents: true,
  owns: ['/output'],

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, (reply) => {
      const { response, at } = reply
      const { output, status } = response
      if (!Array.isArray(output)) return [createFinding(`${at}/output`, 'an array', show(output))]
      const tokens = countVisibleTokens(reply.exchange)
      if (output.length === 0 && status === 'completed' && tokens > OF_SILENCE) {
        const finding = createFinding(
          `${at}/output`,
          `what the ${tokens} tokens of output are`,
          '[]',
        )
        return [{ ...finding, requirement: 'basic-output-is-kept' }]
      }
      return readItemsAt(reply.exchange, 'message')
        .filter(({ value }) => !Array.isArray(value['content']))
        .map((item) => createFinding(`${item.at}/content`, 'an array', show(item.value['content'])))
    })
  },

  mutants: [
    {
      story: 'a relay forwards the terminal event of a stream whose output was never filled in',
      on: textScenario,
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, output: null })),
    },
    {
      story: 'an adapter knows streamed items only, and answers at a stroke without any',
      on: refusedRequestScenario,
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, output: [] })),
    },
    {
      story: 'an adapter puts the text of a message where the list of its parts belongs',
      on: textScenario,
      reply: (reply) => mapItems(reply, 'message', (item) => ({ ...item, content: 'ready' })),
    },
  ],
})
