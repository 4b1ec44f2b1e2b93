import { defineCheck, mapResponse } from '../../../src/authoring/define.ts'
import { sent, show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, judgeAnswer, PUBLISHED } from '../../common/answers.ts'
import { isSameModel } from '../model-names.ts'
import { textScenario } from '../scenarios.ts'

/** Models that stand for a choice among others. */
const ROUTER = /(?:^|[/-])(?:auto|router?|default)$/i

export default defineCheck({
  id: 'basic/names-the-model-asked-for',
  title: 'An answer names the model that was asked for, or a version of it',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-model-as-asked'],
  only: PUBLISHED,

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, ({ response: { model }, at }) => {
      const asked = sent(exchange)?.['model']
      if (typeof asked !== 'string' || asked === '') return 'the request names no model'
      if (ROUTER.test(asked)) return 'the request leaves the choice to the server'
      if (typeof model !== 'string' || model === '') return 'the answer names no model'
      if (isSameModel(asked, model)) return []
      return [createFinding(`${at}/model`, `${show(asked)}, or a version of it`, show(model))]
    })
  },

  mutants: [
    {
      story: 'a gateway answers with a cheaper model than was asked for',
      on: textScenario,
      reply: (reply) => mapResponse(reply, (response) => ({ ...response, model: 'upstream-mini' })),
    },
  ],
})
