// Stores exchanges, one file each: what was sent and the bytes that came, with secrets removed.

import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, readFileSync, readdirSync, writeFile, writeFileSync } from 'node:fs'
import { isUtf8 } from 'node:buffer'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isEvidenceId } from '../base/check-foreign-names.ts'
import { isObject } from '../base/json.ts'
import { isChoiceOfLimits, READING_LIMITS } from '../target/reading-limits.ts'
import type { Body, Ending, Exchange, LimitName, WireRequest } from '../types/index.ts'
import { decodeBody } from '../transport/decode-body.ts'

const write = promisify(writeFile)

/** Bytes of one body that are written down: as many as can be read. */
const KEPT_BYTES = READING_LIMITS['body-bytes'].most

/** Of one evidence file: a whole body, escaped, with its request and its chunks. */
const MOST_FILE_BYTES = 8 * KEPT_BYTES

/** Larger bodies are not held: whoever looks at one again reads its file. */
const HELD_BYTES = 256 * 1024

export interface SavedExchange {
  readonly format: 'responses-conformance/evidence/1'
  readonly request: WireRequest
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly ending: Ending
  readonly leftOpen?: true
  readonly timing?: Exchange['timing']
  readonly raw: NonNullable<Exchange['raw']>
  /** The body: text where it is UTF-8, base64 otherwise; the first `KEPT_BYTES` of it. */
  readonly text?: string
  readonly base64?: string
  readonly tries: number
  readonly unrecorded?: Exchange['unrecorded']
  readonly beyond?: LimitName
  readonly limits?: Exchange['limits']
}

export interface EvidenceStore {
  /** Writes the exchange, and then gives it back with its id. */
  save(exchange: Exchange, bytes: Buffer): Promise<Exchange>
  /** Undefined for whatever is no exchange of this folder: a stranger may have written id and file. */
  load(id: string): Exchange | undefined
  ids(): readonly string[]
}

export function openStore(folder: string): EvidenceStore {
  let ready = false
  /** Every report asks for the same exchanges, and reading one of megabytes again takes longer than judging it. */
  const known = new Map<string, WeakRef<Exchange>>()
  let latest: Exchange | undefined

  function load(id: string): Exchange | undefined {
    const before = known.get(id)?.deref()
    const saved = before === undefined ? readSaved(folder, id) : undefined
    latest = before ?? (saved === undefined ? undefined : restoreExchange(saved, id))
    if (before === undefined && latest !== undefined) known.set(id, new WeakRef(latest))
    return latest
  }

  return {
    async save(exchange, bytes) {
      const kept = bytes.subarray(0, KEPT_BYTES)
      const leftOpen =
        exchange.body.kind === 'events' &&
        exchange.body.anomalies.some(({ kind }) => kind === 'left-open')
      const saved: SavedExchange = {
        format: 'responses-conformance/evidence/1',
        request: exchange.request,
        status: exchange.status,
        headers: exchange.headers,
        ending: exchange.ending,
        ...(leftOpen ? { leftOpen } : {}),
        ...(exchange.timing === undefined ? {} : { timing: exchange.timing }),
        raw: { ...exchange.raw!, kept: kept.length },
        ...(isUtf8(kept) ? { text: kept.toString('utf8') } : { base64: kept.toString('base64') }),
        tries: exchange.tries ?? 1,
        ...(exchange.unrecorded === undefined ? {} : { unrecorded: exchange.unrecorded }),
        ...(exchange.beyond === undefined ? {} : { beyond: exchange.beyond }),
        ...(exchange.limits === undefined ? {} : { limits: exchange.limits }),
      }
      const json = serializeExchange(saved)
      const id = createHash('sha256').update(json).digest('hex').slice(0, 16)
      if (!ready) mkdirSync(folder, { recursive: true })
      ready = true
      // Thousands of files: nobody else's answer has to wait for them.
      await write(join(folder, `${id}.json`), json)
      const named = { ...exchange, evidence: id }
      return bytes.length <= HELD_BYTES ? named : letGo(named, () => load(id)?.body)
    },
    load,
    ids: () => listEvidenceIds(folder),
  }
}

/** The ids of a folder's evidence files; links and other people's files are none. */
export function listEvidenceIds(folder: string): readonly string[] {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map(({ name }) => name.slice(0, -'.json'.length))
    .filter(isEvidenceId)
    .toSorted()
}

/** Copies the exchanges of one folder into another: files of ours only. */
export function copyEvidence(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const id of listEvidenceIds(from)) {
    const saved = readSaved(from, id)
    if (saved !== undefined) writeFileSync(join(to, `${id}.json`), serializeExchange(saved))
  }
}

/** The text of an evidence file. */
export function serializeExchange(saved: SavedExchange): string {
  return `${JSON.stringify(saved, null, 1)}\n`
}

/** A link would be a path out of the folder, and a larger file than we write is not ours. */
export function readSaved(folder: string, id: string): SavedExchange | undefined {
  if (!isEvidenceId(id)) return undefined
  try {
    const file = join(folder, `${id}.json`)
    const stat = lstatSync(file)
    if (!lstatSync(folder).isDirectory() || !stat.isFile() || stat.size > MOST_FILE_BYTES) return
    const saved: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isSavedExchange(saved) ? saved : undefined
  } catch {
    return undefined
  }
}

/** Whether a value from a file has the shape that everything here relies on. */
export function isSavedExchange(value: unknown): value is SavedExchange {
  if (!isObject(value)) return false
  const {
    request,
    status,
    headers,
    ending,
    timing,
    raw,
    text,
    base64,
    tries,
    unrecorded,
    beyond,
    limits,
  } = value
  const isPairs = (pairs: unknown, type: 'string' | 'number'): boolean =>
    Array.isArray(pairs) &&
    pairs.every((pair) => Array.isArray(pair) && typeof pair[0] === type && typeof pair[1] === type)
  return (
    isObject(request) &&
    ['operation', 'method', 'path'].every((key) => typeof request[key] === 'string') &&
    (request['body'] === undefined || isRequestBody(request['body'])) &&
    (request['query'] === undefined || isPairs(request['query'], 'string')) &&
    Number.isInteger(status) &&
    isPairs(headers, 'string') &&
    ENDINGS.has(ending) &&
    isObject(raw) &&
    typeof raw['bytes'] === 'number' &&
    [text, base64].every((body) => body === undefined || typeof body === 'string') &&
    (tries === undefined || typeof tries === 'number') &&
    (unrecorded === undefined || Array.isArray(unrecorded)) &&
    (beyond === undefined || Object.hasOwn(READING_LIMITS, String(beyond))) &&
    (limits === undefined || isChoiceOfLimits(limits)) &&
    (timing === undefined ||
      (isObject(timing) &&
        typeof timing['startedAt'] === 'string' &&
        typeof timing['endMs'] === 'number' &&
        isPairs(timing['chunks'], 'number')))
  )
}

function isRequestBody(value: unknown): boolean {
  if (!isObject(value)) return false
  const { json, raw, multipart } = value
  return isObject(json) || typeof raw === 'string' || Array.isArray(multipart)
}

const ENDINGS: ReadonlySet<unknown> = new Set<Ending>([
  'complete',
  'cut',
  'timeout',
  'size-cap',
  'aborted',
])

/** The same exchange, whose body may be forgotten and read again. */
function letGo(exchange: Exchange, read: () => Body | undefined): Exchange {
  let body = new WeakRef(exchange.body)
  return Object.defineProperty({ ...exchange }, 'body', {
    enumerable: true,
    get() {
      const again = body.deref() ?? read() ?? { kind: 'text', text: '(its file is gone)' }
      if (body.deref() === undefined) body = new WeakRef(again)
      return again
    },
  })
}

/** Decodes saved bytes anew. */
export function restoreExchange(saved: SavedExchange, id?: string): Exchange {
  const bytes = Buffer.from(
    saved.text ?? saved.base64 ?? '',
    saved.text === undefined ? 'base64' : 'utf8',
  )
  const { request, headers, status, ending, timing, raw, tries, unrecorded, beyond, limits } = saved
  const chunks = (timing?.chunks ?? []).filter(([offset]) => offset < bytes.length)
  return {
    request,
    status,
    headers,
    ending,
    raw,
    tries,
    ...(timing === undefined ? {} : { timing }),
    ...(unrecorded === undefined ? {} : { unrecorded }),
    ...(beyond === undefined ? {} : { beyond }),
    ...(limits === undefined ? {} : { limits }),
    body: decodeBody({
      request,
      headers,
      status,
      bytes,
      chunks,
      ending,
      leftOpen: saved.leftOpen ?? false,
      ...(unrecorded === undefined ? {} : { unrecorded }),
      ...(limits === undefined ? {} : { limits }),
    }),
    ...(id === undefined ? {} : { evidence: id }),
  }
}

/** Keeps exchanges in memory. */
export function createMemoryStore(): EvidenceStore {
  const saved = new Map<string, Exchange>()
  return {
    async save(exchange) {
      const id = `exchange-${saved.size + 1}`
      const named = { ...exchange, evidence: id }
      saved.set(id, named)
      return named
    },
    load: (id) => saved.get(id),
    ids: () => [...saved.keys()],
  }
}
