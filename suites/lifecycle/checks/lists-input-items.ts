import { defineCheck, mapJson, verdictOf, without } from '../../../src/authoring/define.ts'
import { field, show } from '../../../src/authoring/read.ts'
import type { Finding } from '../../../src/types/index.ts'
import { idsOf, listingOf } from '../listing.ts'
import { listedScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/lists-input-items',
  title: 'The list of input items has object, data, has_more, first_id and last_id',
  kind: 'wire',
  scenario: listedScenario,
  covers: ['state-input-items-shape'],

  judge({ up }) {
    const value = listingOf(up)
    const findings: Finding[] = []
    const expect = (at: string, right: boolean, expected: string): void => {
      const actual = show(field(value, at))
      if (!right) findings.push({ step: 'up', at, expected, actual })
    }
    expect('/object', field(value, '/object') === 'list', '"list"')
    expect('/data', Array.isArray(field(value, '/data')), 'a list')
    expect('/has_more', typeof field(value, '/has_more') === 'boolean', 'a boolean')
    if (idsOf(up).length > 0) {
      const [first, last] = [idsOf(up)[0], idsOf(up).at(-1)]
      expect('/first_id', field(value, '/first_id') === first, `${first}, the id of the first item`)
      expect('/last_id', field(value, '/last_id') === last, `${last}, the id of the last item`)
    }
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'a server answers with the bare data, without the cursor of the page',
      reply: (reply, { path }) =>
        path.endsWith('/input_items')
          ? mapJson(reply, (body) => without(body, 'first_id', 'last_id', 'has_more'))
          : reply,
    },
  ],
})
