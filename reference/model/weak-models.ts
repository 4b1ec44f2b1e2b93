// Models that are weak on purpose, behind a server that is right: what they get wrong is no fault of
// the endpoint, and a suite that accuses it for them is wrong.

import type { Json } from '../../src/types/index.ts'
import type { Draft, RequestOptions } from './draft-types.ts'
import type { VisibleContext } from './visible-context.ts'

export const WEAK_MODELS = [
  'last', // takes the last value of every enum, whatever it was told
  'second', // takes the second
  'random', // takes any
  'unknown', // says that it does not know
  'blind', // sees no picture and reads no file
  'prose', // chats wherever nothing constrains it, and takes the first value where something does
  'no-tools', // calls no tool that it need not call
  'endless', // goes on until it is cut
  'repeating', // says everything several times
] as const

export type WeakModel = (typeof WEAK_MODELS)[number]

/** How a weak model chooses from the values of an enum; undefined where it chooses as it should. */
export function createGuesser(
  weak: WeakModel | undefined,
): ((values: readonly Json[]) => Json) | undefined {
  if (weak === 'last') return (values) => values.at(-1) ?? null
  if (weak === 'prose') return (values) => values[0] ?? null
  if (weak === 'second') return (values) => values[1] ?? values[0] ?? null
  if (weak === 'random') {
    return (values) =>
      values[Math.floor(nextRandom(JSON.stringify(values)) * values.length)] ?? null
  }
  if (weak === 'unknown')
    return (values) => (values.includes('unknown') ? 'unknown' : (values[0] ?? null))
  return undefined
}

/** In [0, 1), the same for the same text. */
function nextRandom(text: string): number {
  let hash = 2166136261
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 16777619)
  }
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32
}

/** What a weak model sees and is free to do. */
export function weaken(
  weak: WeakModel,
  seen: VisibleContext,
  options: RequestOptions,
): readonly [VisibleContext, RequestOptions] {
  switch (weak) {
    case 'blind': {
      const segments = seen.segments.map((one) =>
        one.voice === 'image' || one.voice === 'file' ? { ...one, text: '' } : one,
      )
      return [{ ...seen, segments, text: segments.map(({ text }) => text).join('\n') }, options]
    }
    case 'no-tools':
      return [
        seen,
        options.choice.must ? options : { ...options, choice: { must: false, among: [] } },
      ]
    default:
      return [seen, options]
  }
}

const ENDLESS = 'and so it goes on, and on, and '.repeat(400)

/** What a weak model makes of an answer in plain text. */
export function muddleAnswer(
  weak: WeakModel,
  drafts: readonly Draft[],
  isPlain: boolean,
): readonly Draft[] {
  const change = (text: string): string => {
    if (weak === 'endless' && isPlain) return `${text} ${ENDLESS}`
    if (weak === 'repeating' && isPlain) return [text, text, text].join('\n')
    if (weak === 'prose' && isPlain) return 'Certainly! Let me think about that together with you.'
    if (isPlain && createGuesser(weak) !== undefined)
      return weak === 'unknown' ? 'unknown' : 'I guess.'
    return text
  }
  return drafts.map((draft) =>
    draft.type === 'message'
      ? {
          ...draft,
          parts: draft.parts.map((part) =>
            'text' in part ? { ...part, text: change(part.text) } : part,
          ),
        }
      : draft,
  )
}
