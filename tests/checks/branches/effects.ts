// What a mutant does to the provider's answers, counted while it is at work.

import type { Mutant, Reply, WireAction } from '../../../src/types/index.ts'

export interface Effects {
  /** Requests, replies and bytes that became others. */
  changed: number
  /** Answers that became a 5xx or lost all they said. */
  emptied: number
  /** Answers that still say something. */
  kept: number
}

/** The same mutant, with a count of its effects. */
export function watchMutant(original: Mutant): {
  readonly mutant: Mutant
  readonly effects: Effects
} {
  const effects: Effects = { changed: 0, emptied: 0, kept: 0 }
  const note = (isChanged: boolean): void => {
    if (isChanged) effects.changed += 1
  }
  const { request, reply, wire } = original
  const mutant: Mutant = {
    ...original,
    ...(request === undefined
      ? {}
      : {
          request: (was) => {
            const heard = request(was)
            note(
              JSON.stringify(heard) !== JSON.stringify(was) || `${heard.query}` !== `${was.query}`,
            )
            return heard
          },
        }),
    reply: (was, asked) => {
      const said = reply?.(was, asked) ?? was
      note(JSON.stringify(said) !== JSON.stringify(was))
      if (isEmpty(said) && !isEmpty(was)) effects.emptied += 1
      else effects.kept += 1
      return said
    },
    ...(wire === undefined
      ? {}
      : {
          wire: (actions, said) => {
            const sent = wire(actions, said)
            note(bytesOf(sent) !== bytesOf(actions))
            return sent
          },
        }),
  }
  return { mutant, effects }
}

function isEmpty({ status, body }: Reply): boolean {
  if (status >= 500 || 'none' in body) return true
  if ('raw' in body) return body.raw === ''
  if ('events' in body) return body.events.length === 0
  return JSON.stringify(body.json).length <= 2
}

function bytesOf(actions: readonly WireAction[]): string {
  return actions
    .map((action) =>
      'bytes' in action ? Buffer.from(action.bytes).toString('latin1') : JSON.stringify(action),
    )
    .join('\0')
}
