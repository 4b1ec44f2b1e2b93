// Masks the texts of prompts and answers in a body of JSON or an event stream: letters become `x`, digits `1`. Every
// mask has the length in bytes of what it hides and JSON stays JSON, so that all that is judged stays as it was.

import { unpackBody } from '../../transport/decode-body.ts'
import type { RecordedMessage } from '../../types/index.ts'
import { readSent } from './importer.ts'

/** Fields whose strings are somebody's words, at any depth of a request or an answer. */
const TEXTS: ReadonlySet<string> = new Set([
  'arguments',
  'content',
  'delta',
  'description',
  'file_data',
  'filename',
  'image_url',
  'input',
  'instructions',
  'logs',
  'output',
  'queries',
  'query',
  'quote',
  'refusal',
  'result',
  'text',
  'title',
  'user',
])

/** The bytes with their texts masked; what is neither JSON nor an event stream is masked as a whole. */
export function maskTexts(body: Buffer): Buffer {
  const text = body.toString('latin1')
  return Buffer.from(createMask()(text), 'latin1')
}

function createMask(): (text: string) => string {
  // Arguments are told in pieces: whether one begins within a string depends on those before it.
  const inside = new Map<string, Where>()
  return (text) => {
    if (/^\s*[[{]/.test(text)) return maskJson(text, inside)
    if (!/^\s*(?:event|data|id|retry|):/.test(text)) return maskWords(text)
    return text.replaceAll(/^data:[^\r\n]*/gm, (line) => `data:${maskJson(line.slice(5), inside)}`)
  }
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs

interface Container {
  readonly isList: boolean
  /** Of the member that is read, or of the list itself. */
  key: string
}

function maskJson(json: string, inside: Map<string, Where>): string {
  const isArguments = /"type"\s*:\s*"response\.[\w.]*arguments\.delta"/.test(json)
  const item = /"item_id"\s*:\s*"([^"]*)"/.exec(json)?.[1] ?? ''
  const open: Container[] = []
  let isKey = false
  return json.replaceAll(TOKEN, (token) => {
    const container = open.at(-1)
    if (token === '{' || token === '[') {
      open.push({ isList: token === '[', key: container?.key ?? '' })
      isKey = token === '{'
    } else if (token === '}' || token === ']') open.pop()
    else if (token === ',') isKey = container?.isList === false
    else if (token === ':') isKey = false
    else if (isKey && container !== undefined) container.key = token.slice(1, -1)
    else
      return `"${maskString(token.slice(1, -1), container?.key ?? '', isArguments, item, inside)}"`
    return token
  })
}

function maskString(
  text: string,
  key: string,
  isArguments: boolean,
  item: string,
  inside: Map<string, Where>,
): string {
  if (!TEXTS.has(key)) return text
  if (key === 'arguments') return maskArguments(text, OUTSIDE)[0]
  if (key !== 'delta' || !isArguments) return maskWords(text)
  const [masked, state] = maskArguments(text, inside.get(item) ?? OUTSIDE)
  inside.set(item, state)
  return masked
}

/** Escapes of JSON stay: `\n`, `\"`, `\u00e9`. */
function maskWords(text: string): string {
  return text.replaceAll(/\\(?:u[0-9a-fA-F]{4}|.)|[A-Za-z]|[0-9]|[\x80-\xff]/gs, maskOne)
}

function maskOne(found: string): string {
  if (found.startsWith('\\')) return found.startsWith('\\u') ? '\\u0078' : found
  return /[0-9]/.test(found) ? '1' : 'x'
}

/** Where a piece of JSON begins: within a string or not, and how much of an escape is still to come. */
interface Where {
  readonly isInside: boolean
  readonly escape: 'none' | 'letter' | 1 | 2 | 3 | 4
}

const OUTSIDE: Where = { isInside: false, escape: 'none' }

/** JSON within a string of JSON: its own strings are masked, and its numbers; and where the next piece begins. */
function maskArguments(text: string, where: Where): readonly [string, Where] {
  let { isInside, escape } = where
  // What one character of the inner JSON is in the outer one.
  const masked = text.replaceAll(/\\(?:u[0-9a-fA-F]{4}|[\s\S])|[\s\S]/g, (unit) => {
    if (escape === 'letter') {
      escape = unit === 'u' ? 4 : 'none'
      return unit
    }
    if (escape !== 'none') {
      escape = escape === 1 ? 'none' : ((escape - 1) as 1 | 2 | 3)
      return '1'
    }
    if (unit === '\\\\') {
      if (isInside) escape = 'letter'
      return unit
    }
    if (unit === '\\"') {
      isInside = !isInside
      return unit
    }
    if (/^[0-9]/.test(unit)) return '1'
    return isInside ? maskWords(unit) : unit
  })
  return [masked, { isInside, escape }]
}

/** The message with the texts of its request and its answer masked; its times are kept where its bytes are. */
export function maskMessage(message: RecordedMessage): RecordedMessage {
  const { body, sent, headers = [], arrivals, ...rest } = message
  const raw = typeof body === 'string' ? Buffer.from(body) : body && Buffer.from(body)
  const plain = raw === undefined ? undefined : unpackBody(raw, headers)
  return {
    ...rest,
    headers: headers.filter(([name]) => name.toLowerCase() !== 'content-encoding'),
    ...(plain === undefined ? {} : { body: maskTexts(plain) }),
    ...(plain === raw && arrivals !== undefined ? { arrivals } : {}),
    ...(sent === undefined
      ? {}
      : readSent(maskTexts(Buffer.from(JSON.stringify(sent))).toString())),
  }
}
