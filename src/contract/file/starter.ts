// Writes a contract to start from, for a provider that has none yet.

import { spell } from '../../base/json.ts'
import { loadYaml } from '../../base/parse-yaml.ts'
import type { JsonObject } from '../../types/index.ts'
import type { Imported } from '../import/openapi.ts'

interface Starter {
  /** As an SDK takes it. */
  readonly baseUrl: string
  /** The provider's name; the host unless given. */
  readonly name?: string
  /** What `GET /models` listed; the first is taken for text. */
  readonly models?: readonly string[]
  /** The day of writing, YYYY-MM-DD. */
  readonly today: string
}

interface PublishedStarter {
  readonly imported: Imported
  /** The file or address of the document. */
  readonly from: string
  /** The provider's name; the document's title unless given. */
  readonly name?: string
}

/** A contract in YAML of what a published document states: the Responses part, with our keys filled in. */
export function initFromPublished({ imported, from, name }: PublishedStarter): string {
  const { contract, warnings } = imported
  const provider = contract['x-provider'] as JsonObject
  const title = name ?? spell(provider['name'])
  const notes = warnings.map(
    ({ kind, pointer, because }) => `# ${kind} ${comment(pointer || '/')}: ${comment(because)}`,
  )
  const { paths, components, ...head } = contract
  const filled: JsonObject = {
    ...head,
    'x-provider': {
      ...provider,
      name: title,
      key: keyFor(title),
      limits: { concurrency: 4, deadline: 120 },
    },
    // What the documents promise in words, with the quote: see the guide.
    'x-claims': [],
    paths: paths!,
    components: components!,
  }
  return `# What ${comment(title)} promises, made of ${comment(from)}.
#
# Try it:  responses-conformance audit --contract THIS_FILE
#          responses-conformance run --contract THIS_FILE --model MODEL
#
# Nothing here is lost by editing: add a model below x-provider, claims with their sentences, samples.
# yaml-language-server: $schema=./node_modules/responses-conformance/specs/contract.schema.json
${notes.length === 0 ? '' : `#\n# What was made of the document, by its pointers:\n${notes.join('\n')}\n`}${loadYaml().stringify(filled, { aliasDuplicateObjects: false, lineWidth: 100 })}`
}

/** The variable that holds the key of a provider of this name. */
function keyFor(title: string): string {
  const key = `${title
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '')}_API_KEY`
  return /^[0-9_]/.test(key) ? `KEY_${key}` : key
}

/** A contract in YAML: valid as it stands, with comments that say what to add. */
export function initContract({ baseUrl, name, models = [], today }: Starter): string {
  const url = new URL(baseUrl)
  const title = name ?? url.hostname
  const [text] = models
  const listed = models.slice(0, 20).map((model) => `  #   ${yamlText(model)}`)
  return `# What ${comment(title)} promises, in the terms of responses-conformance.
#
# Try it:  responses-conformance audit --contract THIS_FILE
#          responses-conformance run --contract THIS_FILE
#
# As it stands, the contract says: OpenAI's format, nothing else known. Whatever the documents state
# goes below; what they do not mention stays out, and is not held against the provider.
# yaml-language-server: $schema=./node_modules/responses-conformance/specs/contract.schema.json
openapi: 3.1.0
info: { title: ${yamlText(`${title} Responses API`)}, version: "${today}" } # the edition of the documents
servers: [{ url: ${yamlText(baseUrl.replace(/\/+$/, ''))} }]
security: [{ bearer: [] }] # in the order of preference

x-kind: provider
# Remove this line when the documents describe every shape themselves.
x-follows: openai
x-provider:
  name: ${yamlText(title)}
  key: ${keyFor(title)} # the environment variable that holds the key, never a key
  models: { ${text === undefined ? '' : `text: ${yamlText(text)} `}} # text: …, vision: …
${listed.length === 0 ? '' : `  # The endpoint lists:\n${listed.join('\n')}\n`}  limits: { concurrency: 4, deadline: 120 } # requests in flight, seconds

# Every shape, sample and claim names one of these.
x-sources:
  page:
    title: ${yamlText(`${title} documentation`)}
    url: ${yamlText(url.origin)} # the page that you read
    retrieved: "${today}"
    kind: document # document | example | page | code

# What the documents promise in words, with the quote. A hinge is a scope and a pointer or name.
x-claims: []
#  - at: promise openai-format
#    status: documented # documented | conditional | denied
#    words: "The sentence, exactly as it stands there."
#    source: page
#  - at: request /previous_response_id
#    status: denied
#    words: "Stateless: previous_response_id is not supported."
#    source: page

paths:
  /responses: # below the base URL
    post:
      operationId: create
      x-source: page
# What the documents show, mistakes included:
#      requestBody:
#        content:
#          application/json:
#            examples:
#              basic:
#                value: { model: some-model, input: "Hello" }
#  /responses/{response_id}:
#    get: { operationId: retrieve, x-source: page }

components:
  securitySchemes:
    bearer: { type: http, scheme: bearer }
  schemas: {}
#    CreateRequest: # laid over OpenAI's: null removes a field
#      properties:
#        top_k: { type: integer, minimum: 1 }
#        conversation: null
`
}

/** JSON strings are YAML. */
function yamlText(text: string): string {
  return JSON.stringify(text)
}

function comment(text: string): string {
  return text.replaceAll(/[\p{C}\u2028\u2029]+/gu, ' ')
}
