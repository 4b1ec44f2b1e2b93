import { defineCheck, mapQuestion, verdictOf, without } from '../../../src/authoring/define.ts'
import { items, responseAt, show } from '../../../src/authoring/read.ts'
import { judgeRecall, variantOf } from '../../../src/authoring/code-word.ts'
import { changeInput, mapItems } from '../../common/mutants.ts'
import { CUSTOM_CALL_KEYS, customCallScenario } from '../custom-tools.ts'
import { reportIneffective } from '../../common/ineffective.ts'

export default defineCheck({
  id: 'tool/custom-call-is-used',
  title: 'A custom tool is called with a string, and its result reaches the model',
  kind: 'behavioural',
  scenario: customCallScenario,
  covers: ['tool-custom-call'],

  judge({ call, answer }, { nonce }) {
    const item = items(call, 'custom_tool_call')[0]
    const at = `${responseAt(call)}/output`
    if (item === undefined) {
      return reportIneffective(call, '/tool_choice', {
        step: 'call',
        at,
        expected: 'a custom_tool_call',
        actual: 'no such item',
      })
    }
    const wrong = CUSTOM_CALL_KEYS.filter((key) => typeof item[key] !== 'string')
    if (wrong.length === 0)
      return judgeRecall('answer', answer, variantOf(nonce, 1), 'that the tool gave')
    const index = items(call).indexOf(item)
    return verdictOf(
      wrong.map((key) => ({
        step: 'call',
        at: `${at}/${index}/${key}`,
        expected: 'a string',
        actual: show(item[key]),
      })),
    )
  },

  mutants: [
    {
      story: 'an adapter knows the results of functions, and drops those of custom tools',
      request: (request) =>
        changeInput(request, (list) =>
          list.map((item) =>
            item['type'] === 'custom_tool_call_output' ? { ...item, output: 'none' } : item,
          ),
        ),
    },
    {
      story: 'a gateway takes a choice that it does not know for none',
      request: (request) => mapQuestion(request, (body) => ({ ...body, tool_choice: 'none' })),
    },
    {
      story: 'an adapter knows a custom tool by its call_id, and leaves out the name',
      reply: (reply) => mapItems(reply, 'custom_tool_call', (item) => without(item, 'name')),
    },
  ],
})
