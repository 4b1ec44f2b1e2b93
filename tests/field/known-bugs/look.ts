// What the checks say of each story, to be looked at by hand:
//
//     npx tsx tests/field/known-bugs/look.ts [name …]

import { stringify } from 'yaml'
import type { Dialect, Mutation } from '../../../src/types/index.ts'
import { watch, type Watch } from '../../noticed.ts'
import { inTurns } from '../../kill-matrix/turns.ts'
import { legal } from './legal.ts'
import { stories } from './stories.ts'
import { LEFT_OUT } from './story.ts'

const names = process.argv.slice(2)
const all: [string, Mutation & { dialect?: Dialect }][] = Object.entries({ ...stories, ...legal })
const chosen = all.filter(
  ([name]) =>
    names.length === 0 || names.some((one) => one === name || (one === 'legal' && name in legal)),
)
const watches = new Map<Dialect, Watch>()
for (const dialect of new Set(chosen.map(([, { dialect = 'openai' }]) => dialect))) {
  watches.set(dialect, await watch(dialect, LEFT_OUT))
}
await inTurns(chosen, 3, async ([name, story]) => {
  const { fail, warn, touched, verdicts } = await watches
    .get(story.dialect ?? 'openai')!
    .notice(story)
  console.log(stringify({ [name]: { touched, fail, warn } }))
  for (const { check, reason, note, scenario } of verdicts)
    if (
      reason !== undefined &&
      ['timeout', 'interrupted', 'unreachable', 'rate-limited'].includes(reason)
    )
      console.log('?', check, scenario, reason, note)
  if (names.length > 0)
    for (const { check, outcome, findings, scenario, yardstick } of verdicts)
      if (outcome === 'fail' || outcome === 'warn')
        console.log(
          `${outcome} ${check} [${yardstick}] ${scenario}`,
          findings[0]?.at,
          '|',
          findings[0]?.expected.slice(0, 80),
          '|',
          findings[0]?.actual.slice(0, 100),
        )
})
for (const each of watches.values()) await each.close()
