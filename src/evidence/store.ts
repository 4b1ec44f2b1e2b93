// Stores exchanges, one file each: what was sent and the bytes that came, with secrets removed.

import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, writeFile } from 'node:fs'
import { isUtf8 } from 'node:buffer'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { DEFAULT_LIMITS } from '../target/target.ts'
import type { Body, Ending, Exchange, WireRequest } from '../types/index.ts'
import { decodeBody } from '../transport/decode-body.ts'

const write = promisify(writeFile)

/** Bytes of one body that are written down: as many as are read. */
export const KEPT_BYTES = DEFAULT_LIMITS.bodyBytes

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
}

export interface EvidenceStore {
  /** Writes the exchange, and then gives it back with its id. */
  save(exchange: Exchange, bytes: Buffer): Promise<Exchange>
  load(id: string): Exchange | undefined
  ids(): readonly string[]
}

export function openStore(folder: string): EvidenceStore {
  let ready = false

  function load(id: string): Exchange | undefined {
    try {
      const text = readFileSync(join(folder, `${id}.json`), 'utf8')
      return restoreExchange(JSON.parse(text) as SavedExchange, id)
    } catch {
      return undefined
    }
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
      }
      const json = JSON.stringify(saved, null, 1) + '\n'
      const id = createHash('sha256').update(json).digest('hex').slice(0, 16)
      if (!ready) mkdirSync(folder, { recursive: true })
      ready = true
      // Thousands of files: nobody else's answer has to wait for them.
      await write(join(folder, `${id}.json`), json)
      const named = { ...exchange, evidence: id }
      return bytes.length <= HELD_BYTES ? named : letGo(named, () => load(id)?.body)
    },
    load,
    ids: () =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .map((name) => name.slice(0, -'.json'.length))
        .toSorted(),
  }
}

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
  const { request, headers, status, ending, timing, raw, tries } = saved
  const chunks = (timing?.chunks ?? []).filter(([offset]) => offset < bytes.length)
  return {
    request,
    status,
    headers,
    ending,
    raw,
    tries,
    ...(timing === undefined ? {} : { timing }),
    body: decodeBody({
      request,
      headers,
      status,
      bytes,
      chunks,
      ending,
      leftOpen: saved.leftOpen ?? false,
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
