// What a command is told of a published document: it is fetched where it has an address, and what
// was made of it is said once.

import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { cutText, escapeControls } from '../../../reporters/common/escape.ts'
import { getEnvironment, resolvePath } from '../../base/current-environment.ts'
import { loadContract, importWarningsOf } from '../../contract/file/load.ts'
import { fetchDocument, importRemote, isAddress } from '../../contract/file/download.ts'
import { setDocumentLimits } from '../../schema/document-limits.ts'
import { isContract, readBounded } from '../../contract/file/import-openapi-document.ts'
import type { ReadingLimits } from '../../types/index.ts'
import type { Imported, Warning } from '../../contract/import/openapi.ts'

interface ContractFlags {
  readonly contract?: string
  readonly path?: string
  /** Addresses that the document refers to are asked as well. */
  readonly remoteRefs?: boolean
  readonly out?: string
  readonly limit?: Partial<ReadingLimits>
}

/** Flags whose contract is a file: what came from an address is kept beside the results. */
export async function fetchContract<Flags extends ContractFlags>(flags: Flags): Promise<Flags> {
  const { contract: name, path, remoteRefs = false, out = 'results/latest', limit } = flags
  setDocumentLimits(limit)
  if (name === undefined || !(isAddress(name) || remoteRefs)) return flags
  const text = isAddress(name) ? await fetchDocument(name) : readBounded(name)
  const folder = join(dirname(out), 'contracts')
  const [, last = ''] = /([^/]*)$/.exec(
    name.replace(/[?#].*$/, '').replace(/\.(ya?ml|json|md)$/i, ''),
  )!
  const host = isAddress(name) ? `${new URL(name).hostname}-` : ''
  const id = `${host}${last}`.replaceAll(/[^\w.-]+/g, '-').slice(0, 80)
  mkdirSync(resolvePath(folder), { recursive: true })
  if (isContract(text)) {
    const file = join(folder, `${id}.yaml`)
    writeFileSync(resolvePath(file), text)
    return { ...flags, contract: file }
  }
  const { contract, warnings } = await importRemote({
    text,
    name,
    allowsReferences: remoteRefs,
    today: new Date().toISOString().slice(0, 10),
    ...(path === undefined ? {} : { path }),
  })
  const file = join(folder, `${id}.json`)
  writeFileSync(resolvePath(file), JSON.stringify(contract))
  getEnvironment().stderr.write(`Contract: ${file}\n${describeWarnings(name, warnings)}`)
  const { path: _, ...rest } = flags
  return { ...rest, contract: file } as unknown as Flags
}

/** Says what was made of the published documents of targets; nothing of any other contract. */
export function reportWarnings(targets: readonly { readonly contract?: string }[]): void {
  const { stderr, cwd } = getEnvironment()
  const places = new Set(targets.flatMap(({ contract }) => contract ?? []))
  for (const place of places) {
    const warnings = importWarningsOf(loadContract(place))
    if (warnings.length > 0)
      stderr.write(describeWarnings(relative(cwd, resolvePath(place)), warnings))
  }
}

const SAID: Readonly<Record<Warning['kind'], string>> = {
  'left-out': 'not used',
  artefact: 'read for what it means',
  contradiction: 'against its own example, judged by nothing',
  difference: 'differs from OpenAI, and is judged by',
}

const MOST_LINES = 100

/** One line for each point, by pointer. */
export function describeWarnings(name: string, warnings: Imported['warnings']): string {
  const lines = warnings.map(({ kind, pointer, because }) =>
    printable(`${name} ${pointer || '/'}: ${SAID[kind]}: ${because}`),
  )
  const more = lines.length - MOST_LINES
  return [...lines.slice(0, MOST_LINES), ...(more > 0 ? [`… and ${more} more`] : []), ''].join('\n')
}

/** Documents are other people's text, and a terminal obeys. */
function printable(text: string): string {
  return cutText(escapeControls(text), 400)
}
