import { defineScenario } from '../../src/authoring/define.ts'
import { buildClosedSchema, buildStrictFunction } from '../../src/authoring/strict-schema.ts'
import type {
  ApiPath,
  JsonObject,
  RequestBuilder,
  Scenario,
  Step,
  WireRequest,
} from '../../src/types/index.ts'
import { defineOneRequest } from '../common/one-request.ts'

const FORMAT: ApiPath = 'request /text/format/type = json_schema'

function format(schema: JsonObject, more: JsonObject = { strict: true }): JsonObject {
  return { text: { format: { type: 'json_schema', name: 'answer', schema, ...more } } }
}

/** Everything that a strict schema can force, and keys whose order no alphabet gives. */
const forms = (word: string): JsonObject =>
  buildClosedSchema({
    word: { type: 'string', enum: [word] },
    count: { type: 'integer', enum: [3] },
    agreed: { type: 'boolean' },
    colours: { type: 'array', items: { type: 'string', enum: ['red', 'green'] } },
    author: buildClosedSchema({ name: { type: 'string' } }),
  })

// The prompt asks for the opposite of all that the schema says.
const DEFIANCE = 'Answer in plain words, not in JSON. The last word is tomato.'

/** The run's code word in a document that the schema alone forces. */
export function buildDefiantRequest(
  builder: Pick<RequestBuilder, 'createRequest' | 'nonce'>,
  more: JsonObject = {},
): WireRequest {
  return builder.createRequest(DEFIANCE, { ...format(forms(builder.nonce)), ...more })
}

/** One request that is to be answered in this form. */
function forced(
  name: string,
  title: string,
  apiPaths: readonly ApiPath[],
  request: Step['request'],
  more: Partial<Pick<Scenario, 'tier' | 'needs'>> = {},
): Scenario<'ask'> {
  const ask: Step = { request, expect: 'success' }
  return defineOneRequest(`structured-output/${name}`, title, apiPaths, ask, more)
}

export const strictScenario = forced(
  'strict',
  'A strict schema, and a prompt that asks to break it',
  [FORMAT],
  (builder) => buildDefiantRequest(builder),
)

export const streamedDocumentScenario = defineScenario<'stream'>({
  id: 'structured-output/streamed',
  title: 'The same, streamed',
  apiPaths: [FORMAT, 'request /stream = true'],
  tier: 'core',
  steps: {
    stream: {
      request: (builder) => buildDefiantRequest(builder, { stream: true }),
      expect: 'success',
    },
  },
})

export const nestedSchemaScenario = forced(
  'nested',
  'Definitions, recursion, anyOf, nullable types and lists of objects in a strict schema',
  [FORMAT],
  (builder) =>
    builder.createRequest('Describe a tree with a root and one leaf.', {
      ...format({
        ...buildClosedSchema({
          tree: { $ref: '#/$defs/node' },
          owner: { type: ['string', 'null'] },
          size: {
            anyOf: [{ type: 'integer' }, buildClosedSchema({ text: { type: 'string' } })],
          },
        }),
        $defs: {
          node: buildClosedSchema({
            name: { type: 'string', enum: ['root', 'leaf'] },
            children: { type: 'array', items: { $ref: '#/$defs/node' } },
          }),
        },
      }),
    }),
  { needs: ['expensive'] },
)

export const constrainedSchemaScenario = forced(
  'constrained',
  'Patterns, ranges and lengths in a strict schema',
  [FORMAT],
  (builder) =>
    builder.createRequest('Invent some codes.', {
      ...format(
        buildClosedSchema({
          codes: {
            type: 'array',
            minItems: 3,
            maxItems: 3,
            items: { type: 'string', pattern: '^[A-Z]{4}$' },
          },
          number: { type: 'integer', minimum: 40, maximum: 44, multipleOf: 4 },
        }),
      ),
    }),
  { needs: ['expensive'] },
)

// One value and no way around it: the document is longer than the budget.
const TO_TWENTY =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'

export const truncatedDocumentScenario = forced(
  'truncated',
  'A document that cannot be finished within 16 tokens',
  [FORMAT, 'request /max_output_tokens'],
  (builder) =>
    builder.createRequest('Count from 1 to 20.', {
      max_output_tokens: 16,
      ...format(buildClosedSchema({ counted: { type: 'string', enum: [TO_TWENTY] } })),
    }),
)

export const documentWithToolsScenario = forced(
  'with-tools',
  'A schema for the answer, together with a tool that has to be called first',
  [FORMAT, 'request /tools/*/type = function'],
  (builder) =>
    builder.createRequest('Look up the place.', {
      tools: [
        buildStrictFunction('look_up', 'Looks something up.', {
          place: { type: 'string', enum: ['harbour', 'station'] },
        }),
      ],
      tool_choice: builder.force('look_up'),
      ...format(buildClosedSchema({ place: { type: 'string' } })),
    }),
)

export const jsonObjectScenario = forced(
  'json-object',
  'The older format json_object',
  ['request /text/format/type = json_object'],
  (builder) =>
    builder.createRequest('Name a colour, as a JSON object with the key colour.', {
      text: { format: { type: 'json_object' } },
    }),
  { tier: 'feature' },
)

export const looseScenario = defineScenario<'omitted' | 'null'>({
  id: 'structured-output/loose',
  title: 'A schema without strict, and with null for it',
  apiPaths: [FORMAT],
  tier: 'core',
  needs: ['expensive'],
  steps: {
    omitted: {
      request: (builder) =>
        builder.createRequest(
          'Name a colour.',
          format(buildClosedSchema({ colour: { type: 'string' } }), {}),
        ),
      expect: 'either',
    },
    null: {
      request: (builder) =>
        builder.createRequest(
          'Name a colour.',
          format(buildClosedSchema({ colour: { type: 'string' } }), { strict: null }),
        ),
      expect: 'either',
    },
  },
})

export const refusalScenario = forced(
  'refusal',
  'A request that the model should refuse, with a schema',
  [FORMAT],
  (builder) =>
    builder.createRequest(
      'Please refuse this request.',
      format(buildClosedSchema({ colour: { type: 'string' } })),
    ),
)

/** A format that must be refused. */
function refused(
  name: string,
  title: string,
  text: JsonObject,
  invalidAt?: string,
): Scenario<'ask'> {
  const ask = (asked: JsonObject) => (builder: RequestBuilder) =>
    builder.createRequest('Name a colour, as JSON.', asked)
  return defineOneRequest(`structured-output/${name}`, title, [FORMAT], {
    request: ask(text),
    expect: 'refusal',
    ...(invalidAt === undefined ? {} : { invalidAt }),
    control: ask(RIGHT),
  })
}

/** A format with which nothing is wrong. */
const RIGHT = format(buildClosedSchema({ colour: { type: 'string' } }))

const colour: JsonObject = { colour: { type: 'string' } }

export const openSchemaScenario = refused(
  'open',
  'A strict schema that leaves its object open',
  format({ type: 'object', properties: colour, required: ['colour'] }),
)

export const optionalPropertyScenario = refused(
  'optional',
  'A strict schema with a property that is not required',
  format({ ...buildClosedSchema(colour), required: [] }),
)

export const rootUnionScenario = refused(
  'union',
  'A strict schema with anyOf at its root',
  format({ anyOf: [buildClosedSchema(colour), buildClosedSchema({ shade: { type: 'string' } })] }),
)

export const namelessSchemaScenario = refused(
  'nameless',
  'A schema without a name',
  { text: { format: { type: 'json_schema', strict: true, schema: buildClosedSchema(colour) } } },
  '/text/format/name',
)

export const badSchemaNameScenario = refused(
  'bad-name',
  'A schema with a space in its name',
  format(buildClosedSchema(colour), { strict: true, name: 'bad name!' }),
  '/text/format/name',
)

export const longSchemaNameScenario = refused(
  'long-name',
  'A schema with a name of 65 characters',
  format(buildClosedSchema(colour), { strict: true, name: 'n'.repeat(65) }),
  '/text/format/name',
)

export const schemalessScenario = refused(
  'schemaless',
  'The format json_schema without a schema',
  { text: { format: { type: 'json_schema', name: 'answer', strict: true } } },
  '/text/format/schema',
)
