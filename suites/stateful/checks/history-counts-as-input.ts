import { defineCheck } from '../../../src/authoring/define.ts'
import { judgeInputCost, fixInputTokens } from '../../common/input-tokens.ts'
import { chainScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/history-counts-as-input',
  title: 'The input tokens of a continued response count the earlier context',
  kind: 'wire',
  scenario: chainScenario,
  covers: ['state-previous-usage-includes-history'],

  judge: ({ second, third }) =>
    judgeInputCost(second, 'third', third, 'what the turn before took with less context'),

  mutants: [
    {
      story: 'a gateway counts the new input only',
      reply: fixInputTokens,
    },
  ],
})
