// What another key learns of a response, and mutants that tell it.

import { holds, notShown, unsure, violated } from '../../src/authoring/define.ts'
import { field, isError, responseId } from '../../src/authoring/read.ts'
import { quoteReply } from '../../src/authoring/judge-refusal.ts'
import type { Exchange, Judgement, Mutation, ReferenceRequest } from '../../src/types/index.ts'

/** The keys of the self-tests, as they are sent. */
export const FIRST_KEY = 'Bearer reference-key-of-the-first-account'
export const SECOND_KEY = 'Bearer reference-key-of-the-second-account'

/** What comes of a stream or a run is no difference where no response is kept apart. */
export const LEAKS_ANYHOW: Judgement = notShown(
  'no stored response is kept from another key, or none can be read: see auth/keeps-tenants-apart',
)

/**
 * Whether another key was refused a stored response that its owner then read: an outage keeps nothing
 * apart, and what somebody deleted is nobody's.
 */
export function isKeptApart({ status }: Exchange, owned: Exchange): boolean {
  return status >= 400 && status < 500 && status !== 429 && !isError(owned)
}

/** What another key reads of a response, beside what its owner reads. */
export function judgeStranger(create: Exchange, retrieve: Exchange, again: Exchange): Judgement {
  const id = responseId(create)
  if (!isError(retrieve) && id !== undefined && responseId(retrieve) === id) {
    const expected = 'an error, because the response belongs to another key'
    return violated({ step: 'retrieve', at: 'status', expected, actual: quoteReply(retrieve) })
  }
  return isError(again) ? unsure('prerequisite', 'its owner cannot retrieve it either') : holds
}

/** A provider that remembers no owner of the responses that were asked for in this way. */
export function ignoreOwners(isMeant: (body: ReferenceRequest['body']) => boolean): Mutation {
  const anybodys = new Set<string>()
  return {
    request: (request) =>
      request.headers['authorization'] === SECOND_KEY &&
      anybodys.has(/^\/responses\/([^/]+)/.exec(request.path)?.[1] ?? '')
        ? { ...request, headers: { ...request.headers, authorization: FIRST_KEY } }
        : request,
    reply(reply, { body }) {
      if (!isMeant(body)) return reply
      const first = 'events' in reply.body ? reply.body.events[0] : undefined
      const id = 'json' in reply.body ? field(reply.body.json, '/id') : field(first, '/response/id')
      if (typeof id === 'string') anybodys.add(id)
      return reply
    },
  }
}
