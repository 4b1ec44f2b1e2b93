import { defineCheck } from '../../../src/authoring/define.ts'
import { field, show } from '../../../src/authoring/read.ts'
import type { EveryExchange, Json } from '../../../src/types/index.ts'
import { createFinding, judgeAnswer, readPartsAt, PUBLISHED } from '../../common/answers.ts'
import { mapParts } from '../../common/mutants.ts'
import { textScenario } from '../scenarios.ts'

/** Content that is not text has schemas of its own. */
const OTHER: readonly unknown[] = ['refusal', 'reasoning_text', 'summary_text', 'output_audio']

export default defineCheck({
  id: 'basic/text-part-is-output-text',
  title: 'Text in the output is an output_text part with a string and a list of annotations',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-output-text-part'],
  only: PUBLISHED,
  documents: true,
  owns: [
    '/output/*/content',
    '/output/*/content/*/type',
    '/output/*/content/*/text',
    '/output/*/content/*/annotations',
  ],

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, (reply) => {
      const texts = readPartsAt(reply.exchange).filter(
        ({ value }) => !OTHER.includes(value['type']),
      )
      if (texts.length === 0) return 'no text in the output'
      return texts.flatMap(({ value: { type, text: words, annotations }, at }) => [
        ...(type === 'output_text'
          ? []
          : [createFinding(`${at}/type`, '"output_text"', show(type))]),
        ...(typeof words === 'string'
          ? []
          : [createFinding(`${at}/text`, 'a string', show(words))]),
        ...annotated(annotations, `${at}/annotations`),
      ])
    })
  },

  mutants: [
    {
      story: 'a gateway forwards the text parts of another API',
      on: textScenario,
      reply: (reply) => mapParts(reply, (part) => ({ type: 'text', text: part['text'] ?? '' })),
    },
    {
      story: 'a gateway forwards text in the object that the Assistants API has for it',
      on: textScenario,
      reply: (reply) =>
        mapParts(reply, (part) => ({
          ...part,
          text: { value: part['text'] ?? '', annotations: [] },
        })),
    },
    {
      story: 'a gateway annotates with the bare addresses of its sources',
      on: textScenario,
      reply: (reply) =>
        mapParts(reply, (part) => ({ ...part, annotations: ['https://example.com/source'] })),
    },
  ],
})

function annotated(annotations: Json | undefined, at: string) {
  if (!Array.isArray(annotations)) {
    return [
      createFinding(at, 'an array, empty when there is nothing to annotate', show(annotations)),
    ]
  }
  return (annotations as readonly Json[]).flatMap((annotation, index) =>
    typeof field(annotation, '/type') === 'string'
      ? []
      : [createFinding(`${at}/${index}`, 'an annotation with a type', show(annotation))],
  )
}
