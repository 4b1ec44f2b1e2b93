import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { textScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/names-the-model',
  title: 'An answer names the model that gave it',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-model-string'],
  only: PUBLISHED,
  documents: true,
  owns: ['/model'],

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, ({ response: { model }, at }) =>
      typeof model === 'string' && model !== ''
        ? []
        : [createFinding(`${at}/model`, 'the name of a model', show(model))],
    )
  },

  mutants: [
    {
      story: 'a gateway hides its upstream and blanks the model name',
      on: textScenario,
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, model: '' })),
    },
  ],
})
