// Sends single requests outside a run, for `doctor` and `init`.

import { field } from '../base/json.ts'
import { secretsOf, type Target } from '../target/target-and-keys.ts'
import type { Exchange, WireRequest } from '../types/index.ts'
import { createRedactor } from '../target/redact.ts'
import { createSender, type SendResult } from './http.ts'

export interface Probe {
  send(request: WireRequest): Promise<SendResult>
  close(): Promise<void>
}

export function openProbe(target: Target): Probe {
  const sender = createSender(target, createRedactor(secretsOf(target)))
  const never = new AbortController().signal
  return { send: (request) => sender.send(request, never), close: () => sender.close() }
}

export const LIST_MODELS: WireRequest = { operation: 'list-models', method: 'GET', path: '/models' }

/** The ids that a model list names; empty where it is none. */
export function modelIdsOf({ body }: Exchange): readonly string[] {
  const data = body.kind === 'json' ? field(body.value, '/data') : undefined
  if (!Array.isArray(data)) return []
  return data.flatMap((entry) => {
    const id = field(entry, '/id')
    return typeof id === 'string' ? [id] : []
  })
}
