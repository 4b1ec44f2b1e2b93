import { allOf, defineCheck, holds, violated } from '../../../src/authoring/define.ts'
import { isError } from '../../../src/authoring/read.ts'
import {
  isNoRoute,
  judgeRefusal,
  quoteReply,
  doubtMissingRoute,
} from '../../../src/authoring/refusal.ts'
import type { Exchange, Judgement } from '../../../src/types/index.ts'
import { tenantsScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'auth/keeps-tenants-apart',
  title: 'Another key cannot read, continue or delete a stored response',
  kind: 'wire',
  scenario: tenantsScenario,
  covers: ['auth-tenant-isolation'],

  judge({ retrieve, next, remove, again }) {
    const because = 'the response belongs to another key'
    return allOf(
      keepsOut('retrieve', retrieve, because),
      judgeRefusal('next', next, because),
      keepsOut('remove', remove, because),
      isStillThere(again, remove),
    )
  },

  mutant: {
    story: 'a gateway stores all responses in one table, without their owner',
    request: (request) =>
      request.headers['authorization'] === SECOND
        ? { ...request, headers: { ...request.headers, authorization: FIRST } }
        : request,
  },
})

/** That it exists may be kept from another account as well. */
function keepsOut(step: string, exchange: Exchange, because: string): Judgement {
  return exchange.status === 404 ? holds : judgeRefusal(step, exchange, because)
}

/** The keys of the self-tests. */
const FIRST = 'Bearer reference-key-of-the-first-account'
const SECOND = 'Bearer reference-key-of-the-second-account'

function isStillThere(again: Exchange, remove: Exchange): Judgement {
  if (!isError(again)) return holds
  if (isNoRoute(again) && isError(remove)) return doubtMissingRoute(again)
  const expected = '200, because the other key must not have deleted the response'
  return violated({ step: 'again', at: 'status', expected, actual: quoteReply(again) })
}
