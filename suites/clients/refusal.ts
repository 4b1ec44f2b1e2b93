import { field, show } from '../../src/read.ts'
import type { Exchange, Reply } from '../../src/types.ts'

export function wasTaken({ status, body }: Exchange): boolean {
  return status >= 200 && status < 300 && (body.kind === 'json' || body.kind === 'events')
}

/** What the provider says about its refusal. */
export function told({ body }: Exchange): string {
  if (body.kind === 'json') return show(field(body.value, '/error') ?? body.value, 300)
  return body.kind === 'text' ? show(body.text, 300) : `no readable body (${body.kind})`
}

/** For mutants: the refusal of a strict server. */
export function refusal(reply: Reply): Reply {
  const error = {
    message: 'Unknown field.',
    type: 'invalid_request_error',
    param: null,
    code: 'unknown_field',
  }
  return { ...reply, status: 400, body: { json: { error } } }
}
