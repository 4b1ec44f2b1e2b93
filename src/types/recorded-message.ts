import type { Ending } from './exchange.ts'
import type { Json } from './json.ts'

/**
 * One request with its answer, as a tool recorded them. What the tool did not keep is absent: nothing
 * is filled in here, so that nothing is judged which nobody saw.
 */
export interface RecordedMessage {
  /** Where it stands in the recording, for a person: `line 3`, `entry 12`. */
  readonly place: string
  /** When it was sent, as `new Date` reads it. */
  readonly startedAt?: string | number
  /** An address, or a path where no host was kept. */
  readonly url?: string
  readonly method?: string
  /** Its headers are read for keys alone, which are masked. */
  readonly sentHeaders?: HeaderList
  /** The body: JSON, or text in whatever form. */
  readonly sent?: Json
  readonly status?: number
  readonly headers?: HeaderList
  /** As it came, compressed or not; text where the tool kept text. */
  readonly body?: Uint8Array | string
  /** Byte offset of each piece of the body, and when it came, in milliseconds after the request was sent. */
  readonly arrivals?: readonly (readonly [number, number])[]
  /** How the answer ended, where the tool saw it. */
  readonly ending?: Ending
  /** The tool kept the payloads of a stream and wrote the lines around them anew. */
  readonly isReframed?: true
  /** Nobody can tell whether a `null` was sent, or stands for what was absent: the body passed a program. */
  readonly isRewritten?: true
}

export type HeaderList = readonly (readonly [string, string])[]

/** What stands in a recording and is not judged. */
export interface Unjudged {
  readonly place: string
  readonly because: string
}
