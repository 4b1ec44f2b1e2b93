import { defineCheck, verdictOf, without } from '../../../src/authoring/define.ts'
import { field, responseAt, show } from '../../../src/authoring/read.ts'
import type { Finding } from '../../../src/types/index.ts'
import { readItemsAt } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { codeInterpreterScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'hosted-tools/leaves-its-code-behind',
  title: 'A program leaves a code_interpreter_call with code, container, status and outputs',
  kind: 'forced',
  scenario: codeInterpreterScenario,
  covers: ['tool-code-interpreter'],

  judge({ ask }) {
    const [run] = readItemsAt(ask, 'code_interpreter_call')
    const at = run?.at ?? `${responseAt(ask)}/output`
    const findings: Finding[] = []
    const expect = (key: string, right: boolean, expected: string): void => {
      const actual = show(field(run?.value, key))
      if (!right) findings.push({ step: 'ask', at: at + key, expected, actual })
    }
    expect('', run !== undefined, 'a code_interpreter_call, because tool_choice requires a call')
    if (run === undefined) return verdictOf(findings)
    const { code: source, container_id, status, outputs } = run.value
    expect('/code', typeof source === 'string', 'the program')
    expect('/container_id', typeof container_id === 'string', 'the id of the container')
    expect('/status', typeof status === 'string', 'a status')
    expect('/outputs', Array.isArray(outputs), 'a list, because include asks for outputs')
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'an adapter reports that code ran, and not where',
      reply: (reply) =>
        mapItems(reply, 'code_interpreter_call', (item) => without(item, 'container_id')),
    },
    {
      story: 'a gateway runs programs on its own and shows the answer only',
      reply: (reply) => mapItems(reply, 'code_interpreter_call', () => undefined),
    },
  ],
})
