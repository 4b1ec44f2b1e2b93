import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeInputCost, fixInputTokens } from '../../common/input-tokens.ts'
import { countedImageScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'image/images-count-as-input',
  title: 'More pictures cost more input tokens',
  kind: 'wire',
  scenario: countedImageScenario,
  covers: ['image-counts-in-usage'],

  judge: ({ one, two }) => judgeInputCost(one, 'two', two, 'what a single picture cost'),

  mutants: [
    {
      story: 'a gateway counts the tokens of the text itself',
      reply: fixInputTokens,
    },
  ],
})
