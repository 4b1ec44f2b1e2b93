import { defineCheck, verdictOf } from '../../../src/authoring/define.ts'
import { field, show } from '../../../src/authoring/read.ts'
import type { Exchange, Finding } from '../../../src/types/index.ts'
import { idsOf, listingOf } from '../listing.ts'
import { listedScenario } from '../scenarios.ts'
import { ignoreQuery } from '../../common/mutants.ts'

export default defineCheck({
  id: 'lifecycle/lists-in-pages',
  title: 'limit and after walk through all input items, and only the last page says it is the last',
  kind: 'wire',
  scenario: listedScenario,
  covers: ['state-input-items-pagination'],

  judge({ up, firstPage, secondPage }) {
    const all = idsOf(firstPage)[0] === idsOf(up)[0] ? idsOf(up) : idsOf(up).toReversed()
    return verdictOf([
      ...page('firstPage', firstPage, all.slice(0, 2), all.length > 2),
      ...page('secondPage', secondPage, all.slice(2, 4), all.length > 4),
    ])
  },

  mutants: [
    {
      story: 'a server knows limit and not after, so that every page is the first',
      request: (request) => ignoreQuery(request, 'after'),
    },
    {
      story: 'a server ignores limit and lists everything at once',
      request: (request) => ignoreQuery(request, 'limit'),
    },
  ],
})

function page(
  step: string,
  exchange: Exchange,
  wanted: readonly string[],
  more: boolean,
): readonly Finding[] {
  const findings: Finding[] = []
  if (idsOf(exchange).join() !== wanted.join()) {
    const [expected, actual] = [show([...wanted]), show([...idsOf(exchange)])]
    findings.push({ step, at: '/data', expected: `the items ${expected}`, actual })
  }
  const told = field(listingOf(exchange), '/has_more')
  if (told !== more) {
    findings.push({ step, at: '/has_more', expected: String(more), actual: show(told) })
  }
  return findings
}
