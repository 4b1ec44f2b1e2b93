// Faults below the values: the bytes of one frame of a stream, or of a whole JSON answer, framed, spelled, encoded or
// ended in another way. Some of them are allowed, and right clients do not mind.

import type { JsonObject, WireAction } from '../../src/types/index.ts'
import type { Damage } from './damage.ts'

/** What becomes of a frame, without the blank line that ends it. */
type Frame = (frame: string) => string

const FRAMES = {
  'no event line': (frame) => frame.replace(/^event:.*\n/m, ''),
  'another event line': (frame) => frame.replace(/^event:.*$/m, 'event: other'),
  'no data field': (frame) => frame.replace(/^data: ?/m, ''),
  'capital field names': (frame) => frame.replace(/^data:/m, 'Data:'),
  'no space after the colon': (frame) => frame.replaceAll(/^(event|data): /gm, '$1:'),
  'two spaces after the colon': (frame) => frame.replaceAll(/^(event|data): /gm, '$1:  '),
  'a space before the field': (frame) => frame.replace(/^data:/m, ' data:'),
  'data before the event line': (frame) => frame.split('\n').toReversed().join('\n'),
  'lines that end with CRLF': (frame) => frame.replaceAll('\n', '\r\n'),
  'a comment before it': (frame) => `: still there\n\n${frame}`,
  'a comment inside it': (frame) => frame.replace('\n', '\n: still there\n'),
  'an id': (frame) => `id: 7\n${frame}`,
  'a time to retry': (frame) => `retry: 1000\n${frame}`,
  'an unknown field': (frame) => `colour: red\n${frame}`,
  'three blank lines before it': (frame) => `\n\n\n${frame}`,
  'an event without data before it': (frame) => `event: ping\n\n${frame}`,
  'a ping with data before it': (frame) => `event: ping\ndata: {"type":"ping"}\n\n${frame}`,
  'a heartbeat with data and no name before it': (frame) =>
    `data: {"type":"keepalive"}\n\n${frame}`,
  'data in two lines': (frame) => frame.replace(/,"/, ',\ndata: "'),
} as const satisfies Readonly<Record<string, Frame>>

/** What becomes of the JSON in a frame, or of an answer. */
const TEXTS = {
  'cut in half': (json) => json.slice(0, json.length / 2),
  'without its last character': (json) => json.slice(0, -1),
  'with a comma at the end': (json) => json.replace(/\}$/, ',}'),
  'with something behind it': (json) => `${json} ;`,
  'with a byte order mark before it': (json) => `\uFEFF${json}`,
  'with a zero byte in a text': (json) => json.replace('":"', '":"\\u0000'),
  'with a bare control character in a text': (json) => json.replace('":"', '":"\u0007'),
  'with half a surrogate pair': (json) => json.replace('":"', '":"\\ud83d'),
  'with all beyond ASCII escaped': (json) =>
    json.replaceAll(/[^ -~]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'with escaped slashes': (json) => json.replaceAll('/', '\\/'),
  'with spaces between': (json) => json.replaceAll('":', '" : '),
  'with integers as decimals': (json) => json.replaceAll(/":(\d+)(?=[,}])/g, '":$1.0'),
  'with integers as powers': (json) => json.replaceAll(/":(\d+)(?=[,}])/g, '":$1e0'),
  'with a number that is none': (json) => json.replace(/":\d+(?=[,}])/, '":NaN'),
  'with a key twice': (json) => json.replace(/^\{("[^"]+":"[^"]*")/, '{$1,$1'),
  'with unknown keys': (json) => json.replaceAll('{"', '{"x_trace":{"id":"7"},"'),
  'with an unknown key before its type': (json) => json.replace('{', '{"zone":null,'),
  'twice in one': (json) => `${json}${json}`,
  'in a list': (json) => `[${json}]`,
  'as a text': (json) => JSON.stringify(json),
} as const satisfies Readonly<Record<string, Frame>>

const ENDS = ['the connection breaks behind it', 'the stream ends behind it'] as const
const WHICH = ['first', 'last', 'every'] as const

/** Draws `count` different manglings of what an answer of these events has. */
export function drawMangling(
  events: readonly JsonObject[],
  count: number,
  random: () => number,
): readonly Damage[] {
  const types = [...new Set(events.map(({ type }) => String(type)))].toSorted()
  const frames = Object.entries<Frame>(FRAMES).map(([how, change]) => [how, change, false] as const)
  const texts = Object.entries<Frame>(TEXTS).map(([how, change]) => [how, change, true] as const)
  const all = types.flatMap((type) =>
    WHICH.flatMap((which): readonly Damage[] => [
      ...[...frames, ...texts].map(([how, change, isText]) => ({
        fault: `${which} ${type}: ${how}`,
        sabotage: { wire: mangle(type, which, change, isText) },
      })),
      ...(which === 'every' ? [] : ENDS).map((how) => ({
        fault: `${which} ${type}: ${how}`,
        sabotage: { wire: end(type, which, how) },
      })),
    ]),
  )
  return all
    .map((one) => [random(), one] as const)
    .toSorted(([a], [b]) => a - b)
    .slice(0, count)
    .map(([, one]) => one)
}

type Wire = (actions: readonly WireAction[]) => readonly WireAction[]

/** The frames of a stream; of a JSON answer its only text, for what is done to `response.completed`. */
function mangle(type: string, which: string, change: Frame, isText: boolean): Wire {
  const inFrame: Frame = (frame) =>
    isText
      ? frame.replace(/^(data: ?)(.*)$/m, (_, field, json) => field + change(json))
      : change(frame)
  return (actions) => {
    const frames = textsOf(actions)
    if (frames[0]?.startsWith('{') === true) {
      return type === 'response.completed' && isText
        ? replaced(actions, [change(frames.join(''))])
        : actions
    }
    const chosen = choose(frames, type, which)
    return replaced(
      actions,
      frames.map((frame, index) => (chosen.includes(index) ? inFrame(frame) : frame)),
    )
  }
}

function end(type: string, which: string, how: (typeof ENDS)[number]): Wire {
  return (actions) => {
    const frames = textsOf(actions)
    const [chosen] = choose(frames, type, which)
    if (chosen === undefined) return actions
    const kept = frames.slice(0, chosen + 1).map(toAction)
    return how === ENDS[0] ? [...kept, { cut: true }] : kept
  }
}

const choose = (frames: readonly string[], type: string, which: string): readonly number[] => {
  const own = frames.flatMap((frame, index) =>
    frame.includes(`\nevent: ${type}\n`) || frame.startsWith(`event: ${type}\n`) ? [index] : [],
  )
  if (which === 'every') return own
  return which === 'first' ? own.slice(0, 1) : own.slice(-1)
}

/** A stream by frames, each without its blank line; another answer whole. */
function textsOf(actions: readonly WireAction[]): readonly string[] {
  const parts = actions.flatMap((action) => ('bytes' in action ? [Buffer.from(action.bytes)] : []))
  const text = Buffer.concat(parts).toString()
  return text.startsWith('{') ? [text] : text.split('\n\n').filter((frame) => frame !== '')
}

const toAction = (frame: string): WireAction => ({
  bytes: Buffer.from(`${frame}\n\n`),
})

function replaced(actions: readonly WireAction[], texts: readonly string[]): readonly WireAction[] {
  if (texts.join('\n\n') === textsOf(actions).join('\n\n')) return actions
  return [
    ...texts.map((text) => (texts.length === 1 ? { bytes: Buffer.from(text) } : toAction(text))),
    ...actions.filter((action) => 'cut' in action || 'hang' in action),
  ]
}
