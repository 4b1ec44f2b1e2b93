import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { finding, itemsAt, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { text } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/output-is-a-list',
  title: 'output is a list of items, and the content of each message a list of parts',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-output-array'],
  only: PUBLISHED,
  documents: true,

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, (reply) => {
      const { response, at } = reply
      const { output, status } = response
      if (!Array.isArray(output)) return [finding(`${at}/output`, 'an array', show(output))]
      if (output.length === 0 && status === 'completed') {
        return [finding(`${at}/output`, 'at least one item', '[]')]
      }
      return itemsAt(reply.exchange, 'message')
        .filter(({ value }) => !Array.isArray(value['content']))
        .map((item) => finding(`${item.at}/content`, 'an array', show(item.value['content'])))
    })
  },

  mutants: [
    {
      story: 'a relay forwards the terminal event of a stream whose output was never filled in',
      on: text,
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, output: null })),
    },
  ],
})
