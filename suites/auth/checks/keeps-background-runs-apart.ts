import { allOf, defineCheck, holds, violated } from '../../../src/authoring/define.ts'
import { field, isError, response } from '../../../src/authoring/read.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import type { Exchange, Judgement } from '../../../src/types/index.ts'
import { backgroundTenantsScenario } from '../scenarios.ts'
import { ignoreOwners, isKeptApart, judgeStranger, LEAKS_ANYHOW } from '../strangers.ts'

export default defineCheck({
  id: 'auth/keeps-background-runs-apart',
  title: 'Another key can neither read nor cancel a background run',
  kind: 'wire',
  scenario: backgroundTenantsScenario,
  covers: ['auth-even-isolation'],

  judge: ({ control, owned, start, retrieve, cancel, again }) =>
    isKeptApart(control, owned)
      ? allOf(judgeStranger(start, retrieve, again), judgeCancelled(start, cancel))
      : LEAKS_ANYHOW,

  mutants: [
    {
      story: 'a queue of runs knows their ids and nobody’s keys',
      ...ignoreOwners((body) => field(body, '/background') === true),
    },
    {
      story: 'a queue of runs asks whose they are where they are read alone',
      ...cancelsForAll(),
    },
  ],
})

function judgeCancelled(start: Exchange, cancel: Exchange): Judgement {
  if (isError(cancel) || response(cancel)?.['id'] !== response(start)?.['id']) return holds
  const expected = 'an error, because the run belongs to another key'
  return violated({ step: 'cancel', at: 'status', expected, actual: quoteReply(cancel) })
}

function cancelsForAll(): Pick<ReturnType<typeof ignoreOwners>, 'request' | 'reply'> {
  const { request, reply } = ignoreOwners((body) => field(body, '/background') === true)
  return {
    request: (asked) => (asked.path.endsWith('/cancel') ? request!(asked) : asked),
    reply: reply!,
  }
}
