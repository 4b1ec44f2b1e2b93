// `npm run specs:drift`: what the contract and the SDK's types do not share, and the figures of the yardsticks.

import { loadContract } from '../../../src/contract/file/load.ts'
import { drift, knownDrift, openai } from './drift.ts'
import { sdkVersion } from './types.ts'

for (const id of ['openai', 'open-responses']) {
  const { title, document, parameters, responseFields, events, contested } = loadContract(id)
  const schemas = Object.values(document.components?.schemas ?? {})
  const fields = schemas.flatMap((schema) => Object.keys(schema.properties ?? {}))
  console.log(
    `${title}: ${schemas.length} schemas with ${fields.length} fields, ${events.length} events, ` +
      `${contested.length} contested points; flattened ${parameters.length} request parameters ` +
      `and ${responseFields.length} response fields`,
  )
}

const found = drift(openai())
const known = knownDrift()
const unknown = found.filter((line) => !known.has(line))
const stale = [...known.keys()].filter((line) => !found.includes(line))
console.log(
  `\nopenai ${sdkVersion}: ${found.length} differences, ${unknown.length} of them unknown\n`,
)
for (const line of found) console.log(`${line}: ${known.get(line) ?? 'UNKNOWN'}`)
for (const line of stale) console.log(`${line}: listed in known.yaml and no difference any more`)
if (unknown.length + stale.length > 0) process.exitCode = 1
