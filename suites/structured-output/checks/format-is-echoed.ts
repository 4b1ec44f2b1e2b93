import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { field, isObject, show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { requestValueOf, createFinding, judgeAnswer, isKnownField } from '../../common/answers.ts'
import { isPartMissing } from '../../common/json-contains.ts'
import { strictScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/format-is-echoed',
  title: 'text.format comes back with the type, name, schema and strict that were sent',
  kind: 'wire',
  scenario: 'every',
  covers: ['so-format-echo'],
  documents: true,

  judge({ exchange }: EveryExchange, context) {
    const sent = requestValueOf(exchange, '/text/format')
    return judgeAnswer(exchange, ({ response, at }) => {
      if (!isObject(sent)) return 'no text.format was sent'
      if (!isKnownField(context, '/text')) return 'the documents name no text in the response'
      return ['type', 'name', 'schema', 'strict'].flatMap((key) => {
        const wanted = sent[key]
        const echoed = field(response['text'], `/format/${key}`)
        if (wanted === undefined || wanted === null || !isPartMissing(echoed, wanted)) return []
        return [createFinding(`${at}/text/format/${key}`, show(wanted), show(echoed))]
      })
    })
  },

  mutants: [
    {
      story: 'an adapter reports the default format, whatever was asked for',
      on: strictScenario,
      reply: (reply) =>
        mapResponse(reply, (response) => ({ ...response, text: { format: { type: 'text' } } })),
    },
  ],
})
