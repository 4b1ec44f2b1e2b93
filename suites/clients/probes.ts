// Single fields and forms in which real clients differ from the plainest request: one alone in
// each request, so that a refusal of the whole is explained.

import { buildClosedSchema } from '../../src/authoring/strict-schema.ts'
import type { JsonObject, RequestBuilder } from '../../src/types/index.ts'

export interface ClientProbe {
  readonly id: string
  /** What is sent, as the end of "accepts …". */
  readonly what: string
  /** What stands in the body; the plain question is added unless it has an input. */
  body(builder: RequestBuilder): JsonObject
  readonly headers?: Readonly<Record<string, string>>
  /** What the body's text contains in this form only. */
  readonly mark: string
  /** The type of the item that has to come; where it is accepted without, that has no effect. */
  readonly brings?: string
}

const parameters = buildClosedSchema({ city: { type: 'string' } })
const tool: JsonObject = {
  type: 'function',
  name: 'get_weather',
  description: 'Weather',
  parameters,
}

export const plainQuestionOf = (builder: RequestBuilder): string =>
  `Reply with exactly: ${builder.nonce}`
const asks = (builder: RequestBuilder): JsonObject =>
  builder.message('user', plainQuestionOf(builder))
const loop = (builder: RequestBuilder, call: JsonObject, output: JsonObject): JsonObject => ({
  tools: [{ ...tool, strict: true }],
  input: [
    builder.message('user', 'What is the weather in Paris?'),
    {
      type: 'function_call',
      call_id: 'call_1',
      name: 'get_weather',
      arguments: '{"city":"Paris"}',
      ...call,
    },
    { type: 'function_call_output', call_id: 'call_1', output: builder.nonce, ...output },
  ],
})

export const PROBES: readonly ClientProbe[] = [
  {
    id: 'namespace-tool',
    what: 'a namespace of tools',
    body: () => ({
      tools: [
        {
          type: 'namespace',
          name: 'agents',
          description: 'Agents',
          tools: [{ ...tool, strict: false }],
        },
      ],
    }),
    mark: '"type":"namespace"',
  },
  {
    id: 'custom-tool',
    what: 'a custom tool with a grammar',
    body: () => ({
      tools: [
        {
          type: 'custom',
          name: 'apply_patch',
          description: 'Changes files',
          format: { type: 'grammar', syntax: 'lark', definition: 'start: /(.|\\n)+/' },
        },
      ],
    }),
    mark: '"type":"custom"',
  },
  {
    id: 'custom-tool-called',
    what: 'a forced call of a custom tool',
    body: (builder) => ({
      input: [builder.message('user', 'Add a file hello.txt with the line: hello')],
      tools: [
        {
          type: 'custom',
          name: 'apply_patch',
          description: 'Changes files by a patch between *** Begin Patch and *** End Patch',
          format: { type: 'grammar', syntax: 'lark', definition: 'start: /(.|\\n)+/' },
        },
      ],
      tool_choice: { type: 'custom', name: 'apply_patch' },
    }),
    mark: '"tool_choice":{"type":"custom"',
    brings: 'custom_tool_call',
  },
  {
    id: 'web-search-tool',
    what: 'a web_search tool',
    body: () => ({ tools: [{ type: 'web_search', external_web_access: true }] }),
    mark: '"type":"web_search"',
  },
  {
    id: 'tool-search-tool',
    what: 'a tool_search tool that the client executes',
    body: () => ({
      tools: [
        {
          type: 'tool_search',
          execution: 'client',
          description: 'Finds tools',
          parameters: buildClosedSchema({ query: { type: 'string' } }),
        },
      ],
    }),
    mark: '"type":"tool_search"',
  },
  {
    id: 'additional-tools',
    what: 'tools as an item of the input',
    body: (builder) => ({
      input: [
        { type: 'additional_tools', role: 'developer', tools: [{ ...tool, strict: false }] },
        asks(builder),
      ],
    }),
    mark: '"additional_tools"',
  },
  {
    id: 'no-tools',
    what: 'an empty list of tools',
    body: () => ({ tools: [] }),
    mark: '"tools":[]',
  },
  {
    id: 'strict-null',
    what: 'a tool whose strict is null',
    body: () => ({ tools: [{ ...tool, strict: null }] }),
    mark: '"strict":null',
  },
  {
    id: 'strict-false',
    what: 'a tool whose strict is false',
    body: () => ({ tools: [{ ...tool, strict: false }] }),
    mark: '"strict":false',
  },
  {
    id: 'schema-dialect',
    what: '$schema in the parameters of a tool',
    body: () => ({
      tools: [
        {
          ...tool,
          parameters: { $schema: 'http://json-schema.org/draft-07/schema#', ...parameters },
          strict: true,
        },
      ],
    }),
    mark: '"$schema"',
  },
  {
    id: 'include-empty',
    what: 'an empty include',
    body: () => ({ include: [] }),
    mark: '"include":[]',
  },
  {
    id: 'include-encrypted-reasoning',
    what: 'include with reasoning.encrypted_content and store: false',
    body: () => ({ include: ['reasoning.encrypted_content'], store: false }),
    mark: '"reasoning.encrypted_content"',
  },
  {
    id: 'reasoning-summary',
    what: 'reasoning with summary: auto alone',
    body: () => ({ reasoning: { summary: 'auto' } }),
    mark: '"summary":"auto"',
  },
  {
    id: 'reasoning-effort',
    what: 'reasoning with effort: medium',
    body: () => ({ reasoning: { effort: 'medium' } }),
    mark: '"effort":"medium"',
  },
  { id: 'text-empty', what: 'an empty text', body: () => ({ text: {} }), mark: '"text":{}' },
  {
    id: 'text-verbosity',
    what: 'text.verbosity',
    body: () => ({ text: { verbosity: 'low' } }),
    mark: '"verbosity"',
  },
  {
    id: 'client-metadata',
    what: 'client_metadata',
    body: () => ({ client_metadata: { session_id: 'session-1' } }),
    mark: '"client_metadata"',
  },
  {
    id: 'prompt-cache-key',
    what: 'prompt_cache_key',
    body: () => ({ prompt_cache_key: 'session-1' }),
    mark: '"prompt_cache_key"',
  },
  {
    id: 'developer-role',
    what: 'a message in the role developer',
    body: (builder) => ({ input: [builder.message('developer', 'Be brief.'), asks(builder)] }),
    mark: '"role":"developer"',
  },
  {
    id: 'system-role',
    what: 'a message in the role system',
    body: (builder) => ({ input: [builder.message('system', 'Be brief.'), asks(builder)] }),
    mark: '"role":"system"',
  },
  {
    id: 'untyped-message',
    what: 'a message without a type',
    body: (builder) => ({ input: [{ role: 'user', content: plainQuestionOf(builder) }] }),
    mark: '"input":[{"role":"user"',
  },
  {
    id: 'message-id',
    what: 'an id of its own on a message of the user',
    body: (builder) => ({
      input: [{ ...asks(builder), id: 'msg_0a1b2c3d-0000-4000-8000-000000000000' }],
    }),
    mark: '"id":"msg_0a1b2c3d',
  },
  {
    id: 'output-id',
    what: 'an id of its own on the output of a function',
    body: (builder) => loop(builder, {}, { id: 'fco_0a1b2c3d-0000-4000-8000-000000000000' }),
    mark: '"id":"fco_0a1b2c3d',
  },
  {
    id: 'output-status',
    what: 'status on the output of a function',
    body: (builder) => loop(builder, {}, { status: 'completed' }),
    mark: '"status":"completed"',
  },
  {
    id: 'call-without-id',
    what: 'a function call without an id',
    body: (builder) => loop(builder, {}, {}),
    mark: '"function_call"',
  },
  {
    id: 'long-body',
    what: 'a body of 55 kB',
    body: (builder) => ({ instructions: 'Be brief. '.repeat(5_500), input: [asks(builder)] }),
    mark: 'Be brief. Be brief. Be brief.',
  },
  {
    id: 'accept-json-on-stream',
    what: 'stream: true with Accept: application/json',
    body: () => ({ stream: true }),
    headers: { accept: 'application/json' },
    mark: '"stream":true',
  },
]
