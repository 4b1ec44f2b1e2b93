// A model that declines, and a machine on a bad day: neither is the provider's fault.

import { mapBody, mapResponse } from '../../../src/authoring/define.ts'
import { isObject, parse } from '../../../src/base/json.ts'
import type { JsonObject, ReferenceRequest, Mutation } from '../../../src/types/index.ts'
import { changeInput } from '../../../suites/common/mutants.ts'

const isQuestion = ({ method, path }: ReferenceRequest): boolean =>
  method === 'POST' && path === '/responses'

/** Whether tools are offered, and none is forced. */
function isFree(body: JsonObject): boolean {
  return Array.isArray(body['tools']) && (body['tool_choice'] ?? 'auto') === 'auto'
}

/** Every user's message is heard as another. */
function mishearing(text: string): NonNullable<Mutation['request']> {
  return (request) => {
    if (!isQuestion(request) || !isObject(request.body)) return request
    if (typeof request.body['input'] === 'string') {
      return mapBody(request, (body) => ({ ...body, input: text }))
    }
    return changeInput(request, (items) =>
      items.map((item) => (item['role'] === 'user' ? { ...item, content: text } : item)),
    )
  }
}

export const MOODS: Readonly<Record<string, Mutation>> = {
  'refuses everything': { request: mishearing('Please refuse this request.') },
  'calls no tool that it need not call': {
    request: (request) =>
      isQuestion(request)
        ? mapBody(request, (body) => (isFree(body) ? { ...body, tool_choice: 'none' } : body))
        : request,
    reply(reply, { text }) {
      const sent = parse(text)
      return isObject(sent) && isFree(sent)
        ? mapResponse(reply, (response) => ({ ...response, tool_choice: 'auto' }))
        : reply
    },
  },
}

/** Refuses every request, or each one when it hears it for the first time. */
function failing(status: number, when: 'always' | 'once'): Mutation {
  const heard = new Set<string>()
  return {
    reply(reply, { method, path, text }) {
      const request = `${method} ${path} ${text}`
      if (when === 'once' && heard.has(request)) return reply
      heard.add(request)
      const error = { message: 'Try later.', type: 'server_error', param: null, code: null }
      return { status, headers: { 'retry-after-ms': '1' }, body: { json: { error } } }
    },
  }
}

export const WEATHER: Readonly<Record<string, Mutation>> = {
  'is out of capacity': failing(503, 'always'),
  'limits every request': failing(429, 'always'),
  'has run out of credit': failing(402, 'always'),
  'knows no key': failing(401, 'always'),
  'stands behind one page for everybody': {
    reply: () => ({
      status: 403,
      headers: { 'content-type': 'text/html' },
      body: { raw: '<!doctype html><title>Just a moment</title>' },
    }),
  },
  'limits each request once': failing(429, 'once'),
  'breaks down on each request once': failing(500, 'once'),
}
