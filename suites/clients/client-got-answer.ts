import type { Exchange } from '../../src/types/index.ts'

/** Whether a client got an answer that it can read. */
export function isAnswerTaken({ status, body }: Exchange): boolean {
  return status >= 200 && status < 300 && (body.kind === 'json' || body.kind === 'events')
}
