import { defineCheck, holds, notShown } from '../../../src/authoring/define.ts'
import { items, responseAt, show } from '../../../src/authoring/read.ts'
import { mapItems } from '../../common/mutants.ts'
import { grammarScenario, GRAMMAR } from '../custom-tools.ts'
import { reportIneffective } from '../../common/ineffective.ts'

export default defineCheck({
  id: 'tool/grammar-binds-the-input',
  title: 'The input of a custom tool matches the grammar of its format',
  kind: 'forced',
  scenario: grammarScenario,
  covers: ['tool-custom-grammar'],

  judge({ ask }) {
    const call = items(ask, 'custom_tool_call')[0]
    if (call === undefined) return notShown('there is no call')
    const { input } = call
    if (typeof input === 'string' && new RegExp(GRAMMAR).test(input)) return holds
    return reportIneffective(ask, '/tools/0/format', {
      step: 'ask',
      at: `${responseAt(ask)}/output/${items(ask).indexOf(call)}/input`,
      expected: `text that matches ${GRAMMAR}`,
      actual: show(input),
    })
  },

  mutants: [
    {
      story: 'a gateway drops the format of custom tools',
      reply: (reply) =>
        mapItems(reply, 'custom_tool_call', (item) => ({ ...item, input: 'Hello there.' })),
    },
  ],
})
