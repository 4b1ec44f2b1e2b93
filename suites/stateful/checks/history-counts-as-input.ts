import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeInputCost, fixInputTokens } from '../../common/input-tokens.ts'
import { countedHistoryScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/history-counts-as-input',
  title: 'The input tokens of a continued response count the earlier context',
  kind: 'wire',
  scenario: countedHistoryScenario,
  covers: ['state-previous-usage-includes-history'],

  judge: ({ alone, next }) =>
    judgeInputCost(alone, 'next', next, 'what the same question takes without an earlier turn'),

  mutants: [
    {
      story: 'a gateway counts the new input only',
      reply: fixInputTokens,
    },
  ],
})
