// The APIs that the provider speaks, by the names under which they are asked for.

import type { OtherApi } from '../http/accounts-and-headers.ts'
import { chatApi } from './chat.ts'
import { messagesApi } from './messages.ts'

export const SPOKEN_APIS = ['responses', 'chat', 'messages'] as const

export type SpokenApi = (typeof SPOKEN_APIS)[number]

export function otherApisOf(spoken: readonly SpokenApi[]): readonly OtherApi[] {
  return [
    ...(spoken.includes('chat') ? [chatApi] : []),
    ...(spoken.includes('messages') ? [messagesApi] : []),
  ]
}
