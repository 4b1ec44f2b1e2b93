// The APIs besides Responses, by the names under which they are asked for.

import type { OtherApi } from '../http/accounts-and-headers.ts'
import { chatApi } from './chat.ts'
import { messagesApi } from './messages.ts'

export const OTHER_API_NAMES = ['chat', 'messages'] as const

export type OtherApiName = (typeof OTHER_API_NAMES)[number]

export const OTHER_APIS: Readonly<Record<OtherApiName, OtherApi>> = {
  chat: chatApi,
  messages: messagesApi,
}
