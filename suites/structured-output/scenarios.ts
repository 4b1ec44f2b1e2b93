import { defineScenario } from '../../src/authoring/define.ts'
import type { Hinge, JsonObject, Kit, Need, Scenario, WireRequest } from '../../src/types/index.ts'

const FORMAT: Hinge = 'request /text/format/type = json_schema'

/** An object of which nothing may be left out or added, as strict schemas must be. */
function closed(properties: JsonObject): JsonObject {
  return {
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  }
}

function format(schema: JsonObject, more: JsonObject = { strict: true }): JsonObject {
  return { text: { format: { type: 'json_schema', name: 'answer', schema, ...more } } }
}

/** Everything that a strict schema can force, and keys whose order no alphabet gives. */
const forms = (word: string): JsonObject =>
  closed({
    word: { type: 'string', enum: [word] },
    count: { type: 'integer', enum: [3] },
    agreed: { type: 'boolean' },
    colours: { type: 'array', items: { type: 'string', enum: ['red', 'green'] } },
    author: closed({ name: { type: 'string' } }),
  })

// The prompt asks for the opposite of all that the schema says.
const DEFIANCE =
  'Do not answer in JSON. Write a plain sentence that begins with "Certainly" and ends with the word tomato.'

/** The run's code word in a document that the schema alone forces. */
export function defiant(kit: Pick<Kit, 'ask' | 'nonce'>, more: JsonObject = {}): WireRequest {
  return kit.ask(DEFIANCE, { ...format(forms(kit.nonce)), ...more })
}

export const strict = defineScenario<'ask'>({
  id: 'structured-output/strict',
  title: 'A strict schema, and a prompt that asks to break it',
  hinges: [FORMAT],
  tier: 'core',
  steps: { ask: { request: (kit) => defiant(kit), expect: 'success' } },
})

export const streamed = defineScenario<'stream'>({
  id: 'structured-output/streamed',
  title: 'The same, streamed',
  hinges: [FORMAT, 'request /stream = true'],
  tier: 'core',
  steps: { stream: { request: (kit) => defiant(kit, { stream: true }), expect: 'success' } },
})

export const nested = defineScenario<'ask'>({
  id: 'structured-output/nested',
  title: 'Definitions, recursion, anyOf, nullable types and lists of objects in a strict schema',
  hinges: [FORMAT],
  tier: 'core',
  needs: ['expensive'],
  steps: {
    ask: {
      request: (kit) =>
        kit.ask('Describe a tree with a root and one leaf.', {
          ...format({
            ...closed({
              tree: { $ref: '#/$defs/node' },
              owner: { type: ['string', 'null'] },
              size: { anyOf: [{ type: 'integer' }, closed({ text: { type: 'string' } })] },
            }),
            $defs: {
              node: closed({
                name: { type: 'string', enum: ['root', 'leaf'] },
                children: { type: 'array', items: { $ref: '#/$defs/node' } },
              }),
            },
          }),
        }),
      expect: 'success',
    },
  },
})

export const constrained = defineScenario<'ask'>({
  id: 'structured-output/constrained',
  title: 'Patterns, ranges and lengths in a strict schema',
  hinges: [FORMAT],
  tier: 'core',
  needs: ['expensive'],
  steps: {
    ask: {
      request: (kit) =>
        kit.ask('Invent some codes.', {
          ...format(
            closed({
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
      expect: 'success',
    },
  },
})

// One value and no way around it: the document is longer than the budget.
const TO_TWENTY =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'

export const truncated = defineScenario<'ask'>({
  id: 'structured-output/truncated',
  title: 'A document that cannot be finished within 16 tokens',
  hinges: [FORMAT, 'request /max_output_tokens'],
  tier: 'core',
  steps: {
    ask: {
      request: (kit) =>
        kit.ask('Count from 1 to 20.', {
          max_output_tokens: 16,
          ...format(closed({ counted: { type: 'string', enum: [TO_TWENTY] } })),
        }),
      expect: 'success',
    },
  },
})

export const withTools = defineScenario<'ask'>({
  id: 'structured-output/with-tools',
  title: 'A schema for the answer, together with a tool that has to be called first',
  hinges: [FORMAT, 'request /tools/*/type = function'],
  tier: 'core',
  steps: {
    ask: {
      request: (kit) =>
        kit.ask('Look up the place.', {
          tools: [
            {
              type: 'function',
              name: 'look_up',
              description: 'Looks something up.',
              strict: true,
              parameters: closed({ place: { type: 'string', enum: ['harbour', 'station'] } }),
            },
          ],
          tool_choice: kit.force('look_up'),
          ...format(closed({ place: { type: 'string' } })),
        }),
      expect: 'success',
    },
  },
})

export const jsonObject = defineScenario<'ask'>({
  id: 'structured-output/json-object',
  title: 'The older format json_object',
  hinges: ['request /text/format/type = json_object'],
  tier: 'feature',
  steps: {
    ask: {
      request: (kit) =>
        kit.ask('Name a colour, as a JSON object with the key colour.', {
          text: { format: { type: 'json_object' } },
        }),
      expect: 'success',
    },
  },
})

export const loose = defineScenario<'omitted' | 'null'>({
  id: 'structured-output/loose',
  title: 'A schema without strict, and with null for it',
  hinges: [FORMAT],
  tier: 'core',
  needs: ['expensive'],
  steps: {
    omitted: {
      request: (kit) =>
        kit.ask('Name a colour.', format(closed({ colour: { type: 'string' } }), {})),
      expect: 'either',
    },
    null: {
      request: (kit) =>
        kit.ask('Name a colour.', format(closed({ colour: { type: 'string' } }), { strict: null })),
      expect: 'either',
    },
  },
})

export const refusal = defineScenario<'ask'>({
  id: 'structured-output/refusal',
  title: 'A request that the model should refuse, with a schema',
  hinges: [FORMAT],
  tier: 'core',
  needs: ['expensive'],
  steps: {
    ask: {
      request: (kit) =>
        kit.ask('Please refuse this request.', format(closed({ colour: { type: 'string' } }))),
      expect: 'success',
    },
  },
})

/** A format that must be refused. */
function refused(
  name: string,
  title: string,
  text: JsonObject,
  invalidAt?: string,
  needs: readonly Need[] = [],
): Scenario<'ask'> {
  return defineScenario({
    id: `structured-output/${name}`,
    title,
    hinges: [FORMAT],
    tier: 'core',
    needs,
    steps: {
      ask: {
        request: (kit) => kit.ask('Name a colour, as JSON.', text),
        expect: 'refusal',
        ...(invalidAt === undefined ? {} : { invalidAt }),
        control: (kit) => kit.ask('Name a colour, as JSON.', RIGHT),
      },
    },
  })
}

/** A format with which nothing is wrong. */
const RIGHT: JsonObject = {
  text: {
    format: {
      type: 'json_schema',
      name: 'answer',
      strict: true,
      schema: {
        type: 'object',
        properties: { colour: { type: 'string' } },
        required: ['colour'],
        additionalProperties: false,
      },
    },
  },
}

const colour: JsonObject = { colour: { type: 'string' } }

export const open = refused(
  'open',
  'A strict schema that leaves its object open',
  format({ type: 'object', properties: colour, required: ['colour'] }),
  undefined,
  ['expensive'],
)

export const optional = refused(
  'optional',
  'A strict schema with a property that is not required',
  format({ ...closed(colour), required: [] }),
  undefined,
  ['expensive'],
)

export const union = refused(
  'union',
  'A strict schema with anyOf at its root',
  format({ anyOf: [closed(colour), closed({ shade: { type: 'string' } })] }),
  undefined,
  ['expensive'],
)

export const nameless = refused(
  'nameless',
  'A schema without a name',
  { text: { format: { type: 'json_schema', strict: true, schema: closed(colour) } } },
  '/text/format/name',
)

export const badName = refused(
  'bad-name',
  'A schema with a space in its name',
  format(closed(colour), { strict: true, name: 'bad name!' }),
  '/text/format/name',
  ['expensive'],
)

export const longName = refused(
  'long-name',
  'A schema with a name of 65 characters',
  format(closed(colour), { strict: true, name: 'n'.repeat(65) }),
  '/text/format/name',
  ['expensive'],
)

export const schemaless = refused(
  'schemaless',
  'The format json_schema without a schema',
  { text: { format: { type: 'json_schema', name: 'answer', strict: true } } },
  '/text/format/schema',
  ['expensive'],
)
