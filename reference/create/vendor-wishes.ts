// What some vendors let a request ask of the model, and OpenAI's Responses API does not know.

import type { Draft } from '../model/draft-types.ts'

export interface Wishes {
  /** The text ends before this. */
  readonly stop?: string
  /** So many messages. */
  readonly answers?: number
  /** No answer has more tokens, whatever the request says. */
  readonly mostOutput?: number
}

export function applyWishes(
  drafts: readonly Draft[],
  { stop, answers = 1 }: Wishes,
): readonly Draft[] {
  return drafts.flatMap((draft): readonly Draft[] => {
    if (draft.type !== 'message') return [draft]
    const message =
      stop === undefined ? draft : { ...draft, parts: draft.parts.map(endBefore(stop)) }
    return Array.from({ length: answers }, () => message)
  })
}

type Part = Extract<Draft, { type: 'message' }>['parts'][number]

function endBefore(stop: string): (part: Part) => Part {
  return (part) => ('text' in part ? { ...part, text: part.text.split(stop)[0]! } : part)
}
