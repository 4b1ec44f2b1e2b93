import { defineCheck, notShown, unsure, verdictOf, without } from '../../../src/authoring/define.ts'
import { field, responseAt, show } from '../../../src/authoring/read.ts'
import type { Exchange, Finding, Json } from '../../../src/types/index.ts'
import { readItemsAt } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { webSearchScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'hosted-tools/leaves-a-search-behind',
  title: 'A search leaves a web_search_call with id, status and action',
  kind: 'forced',
  scenario: webSearchScenario,
  covers: ['tool-web-search', 'tool-hosted-receipt'],

  judge({ plain, ask }) {
    const [search] = readItemsAt(ask, 'web_search_call')
    if (search === undefined && readItemsAt(plain, 'function_call').length === 0)
      return unsure('prerequisite', 'where a call is required, a function is not called either')
    if (search === undefined) {
      const expected = 'a web_search_call, because tool_choice requires a call'
      return verdictOf([
        {
          step: 'ask',
          at: `${responseAt(ask)}/output`,
          expected,
          actual: show(typesOf(ask)),
          about: ['/tools/*/type', '/tool_choice'],
        },
      ])
    }
    const findings: Finding[] = []
    const expect = (key: string, right: boolean, expected: string): void => {
      const actual = show(field(search.value, key))
      if (!right) findings.push({ step: 'ask', at: search.at + key, expected, actual })
    }
    const { id, status, action } = search.value
    expect('/id', typeof id === 'string' && id !== '', 'a non-empty string')
    expect('/status', status === 'completed' || status === 'failed', 'completed or failed')
    expect('/action', typeof action === 'object' && action !== null, 'what was searched for')
    const [message] = readItemsAt(ask, 'message')
    if (message === undefined)
      return findings.length > 0 ? verdictOf(findings) : notShown('no message')
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'a gateway searches on its own and shows the answer only',
      reply: (reply) => mapItems(reply, 'web_search_call', () => undefined),
    },
    {
      story: 'an adapter reports that something was searched, and not what for',
      reply: (reply) => mapItems(reply, 'web_search_call', (item) => without(item, 'action')),
    },
    {
      story: 'a gateway answers while the search is still running',
      reply: (reply) =>
        mapItems(reply, undefined, (item) =>
          item['type'] === 'message' ? undefined : { ...item, status: 'in_progress' },
        ),
    },
  ],
})

function typesOf(exchange: Exchange): readonly Json[] {
  return readItemsAt(exchange).map(({ value }) => value['type'] ?? null)
}
