import { answerTextOf, codeWordsOf } from '../../../src/authoring/code-word.ts'
import { allOf, defineCheck, holds, unsure, violated } from '../../../src/authoring/define.ts'
import { isError, responseAt, show } from '../../../src/authoring/read.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import type { Exchange, Judgement } from '../../../src/types/index.ts'
import { FIRST_KEY, judgeStranger, SECOND_KEY } from '../strangers.ts'
import { tenantsScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'auth/keeps-tenants-apart',
  title: 'Another key cannot read, continue or delete a stored response',
  kind: 'wire',
  scenario: tenantsScenario,
  covers: ['auth-tenant-isolation'],

  // Each leg needs its owner: what the owner cannot do either shows nothing about the stranger.
  judge({ create, owner, retrieve, next, remove, again }, { nonce }) {
    const legs = [
      judgeStranger(create, retrieve, again),
      continues(owner, next, nonce),
      deletes(remove, again),
    ] as const
    const leak = legs.find(({ kind }) => kind === 'violated')
    return leak === undefined && legs.every(({ kind }) => kind === 'inconclusive')
      ? legs[0]
      : allOf(...legs.filter(({ kind }) => kind !== 'inconclusive'))
  },

  mutants: [
    {
      story: 'a gateway stores all responses in one table, without their owner',
      request: (request) =>
        request.headers['authorization'] === SECOND_KEY
          ? { ...request, headers: { ...request.headers, authorization: FIRST_KEY } }
          : request,
    },
  ],
})

function continues(owner: Exchange, next: Exchange, word: string): Judgement {
  if (codeWordsOf(answerTextOf(next)).includes(word)) {
    return violated({
      step: 'next',
      at: `${responseAt(next)}/output`,
      expected: 'no answer that knows what another key was told',
      actual: `${show(answerTextOf(next))}, which only the owner of the response was told`,
    })
  }
  return codeWordsOf(answerTextOf(owner)).includes(word)
    ? holds
    : unsure('prerequisite', 'its owner cannot continue it either')
}

function deletes(remove: Exchange, again: Exchange): Judgement {
  if (isError(remove)) return holds
  if (!isError(again)) return holds
  const expected = '200, because the other key must not have deleted the response'
  return violated({ step: 'again', at: 'status', expected, actual: quoteReply(again) })
}
