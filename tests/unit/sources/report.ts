// `npm run sources [-- --from <folder>]`: opens every source that can be had, looks for each place
// that a requirement names, and writes specs/sources/record.json. What cannot be opened keeps its old record.

import { parseArgs } from 'node:util'
import { loadSourceDocuments } from '../../../src/plan/requirements/requirement-sources.ts'
import { findPlace } from './find-place.ts'
import { openDocument } from './open-document.ts'
import { placesOf, readRecord, textDocuments, writeRecord } from './record.ts'
import type { DocumentRecord } from './record.ts'

const { from } = parseArgs({ options: { from: { type: 'string' } } }).values
const today = new Date().toISOString().slice(0, 10)
const documents = loadSourceDocuments()
const old = readRecord().documents
const found: Record<string, DocumentRecord> = {}
const failures: string[] = []
const mistakes: string[] = []

for (const id of textDocuments()) {
  const document = documents[id]!
  const opened = await openDocument(id, document, from, failures)
  const known = old[id]
  if (opened === undefined) {
    if (known !== undefined) found[id] = known
    continue
  }
  // A commit and a package are what they were; a page may change while its words stay.
  const isPinned = document.package !== undefined || /commit/.test(document.version)
  if (isPinned && known !== undefined && known.hash !== opened.hash) {
    mistakes.push(
      `${id}: is not the document of ${known.opened}, and claims to be ${known.version}`,
    )
  }
  const places: Record<string, string> = {}
  for (const [name, [source, ...requirements]] of placesOf(id)) {
    const place = findPlace(source, document, opened)
    if ('hash' in place) places[name] = place.hash
    else mistakes.push(`${id}: ${place.wrong} (${requirements.join(', ')})`)
  }
  const { way, hash } = opened
  found[id] = { opened: today, way, version: document.version, hash, places }
  console.log(`${id}: ${Object.keys(places).length} places found (${way})`)
}

const kept = Object.keys(found).filter((id) => failures.some((line) => line.startsWith(`${id}:`)))
for (const line of failures) console.log(`not opened  ${line}`)
for (const line of mistakes) console.log(`✗ ${line}`)
if (Object.keys(found).length === kept.length) {
  console.log('Nothing could be opened: specs/sources/record.json stays as it was.')
} else {
  writeRecord({ documents: found })
  const places = Object.values(found).reduce((sum, one) => sum + Object.keys(one.places).length, 0)
  console.log(
    `specs/sources/record.json: ${places} places in ${Object.keys(found).length} documents, ${kept.length} of them of an earlier day; ${failures.length} not opened.`,
  )
}
process.exitCode = mistakes.length > 0 ? 1 : 0
