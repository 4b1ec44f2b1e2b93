// Rules for the fields of `POST /responses` and its relatives: names, types, ranges.

import type { Dialect } from '../../src/types/index.ts'
import { allow, type Fields, type FieldRule } from './rules.ts'
import { allowItem } from './item-rules.ts'
import { allowChoice, allowFunctionTool, allowTool } from './tools.ts'

export const metadataRule = allow.null({
  is: 'map',
  of: allow.text({ max: 512 }),
  max: 16,
  keyMax: 64,
})

export const INCLUDES = [
  'file_search_call.results',
  'web_search_call.results',
  'web_search_call.action.sources',
  'message.input_image.image_url',
  'computer_call_output.output.image_url',
  'code_interpreter_call.outputs',
  'reasoning.encrypted_content',
  'message.output_text.logprobs',
] as const

/** Open Responses knows two of them. */
const includesOf = (dialect: Dialect): readonly string[] =>
  dialect === 'openai' ? INCLUDES : INCLUDES.slice(-2)

const format: FieldRule = allow.tagged('type', {
  text: allow.record({}),
  json_object: allow.record({}),
  json_schema: allow.record({
    name: allow.required(allow.name(64)),
    schema: allow.required(allow.openRecord()),
    strict: allow.null(allow.flag),
    description: allow.null(allow.text()),
  }),
})

const EFFORTS = {
  openai: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'],
  'open-responses': ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'],
} as const

const cacheOptions = allow.null(
  allow.record({
    mode: allow.oneOf('implicit', 'explicit'),
    ttl: allow.oneOf('30m', '12h'),
    prewarm: allow.flag,
    comparison_response_id: allow.null(allow.text()),
  }),
)

const conversationParam = allow.null(
  allow.either(allow.text(), allow.record({ id: allow.required(allow.text()) })),
)

/** Functions by its OpenAPI document, searches of the web by its prose; all else would need a vendor's prefix. */
const openTools = (nameLimit: number): FieldRule =>
  allow.tagged('type', {
    function: allowFunctionTool(nameLimit),
    web_search: allow.record({ external_web_access: allow.flag }),
  })

const inputRule = (nameLimit: number): FieldRule =>
  allow.either(allow.text({ max: 10_485_760 }), allow.list(allowItem(nameLimit)))

const shared = (dialect: Dialect): Fields => {
  const nameLimit = nameLimitOf(dialect)
  const openai = dialect === 'openai'
  const summary = allow.null(allow.oneOf('auto', 'concise', 'detailed'))
  return {
    model: allow.text(),
    input: allow.null(inputRule(nameLimit)),
    instructions: allow.null(allow.text()),
    previous_response_id: allow.null(allow.text()),
    conversation: conversationParam,
    tools: allow.null(allow.list(openai ? allowTool(nameLimit) : openTools(nameLimit))),
    tool_choice: allow.null(
      allowChoice(openai ? ['auto', 'required'] : ['none', 'auto', 'required'], openai),
    ),
    parallel_tool_calls: allow.null(allow.flag),
    reasoning: allow.null(
      allow.record({
        effort: allow.null(allow.oneOf(...EFFORTS[dialect])),
        summary,
        ...(openai
          ? {
              generate_summary: summary,
              context: allow.null(allow.oneOf('auto', 'current_turn', 'all_turns')),
              mode: allow.null(allow.oneOf('standard', 'pro')),
            }
          : {}),
      }),
    ),
    text: allow.null(
      allow.record({
        format: allow.null(format),
        verbosity: allow.null(allow.oneOf('low', 'medium', 'high')),
      }),
    ),
    truncation: allow.null(allow.oneOf('auto', 'disabled')),
  }
}

export const createFields = forEach((dialect): Fields => ({
  ...shared(dialect),
  background: allow.null(allow.flag),
  include: allow.null(allow.list(allow.oneOf(...includesOf(dialect)))),
  max_output_tokens: allow.null(allow.integer(16)),
  max_tool_calls: allow.null(allow.integer(1)),
  metadata: metadataRule,
  prompt_cache_key: allow.null(dialect === 'openai' ? allow.text() : allow.text({ max: 64 })),
  safety_identifier: allow.null(allow.text({ max: dialect === 'openai' ? 128 : 64 })),
  service_tier: allow.null(
    dialect === 'openai'
      ? allow.oneOf('auto', 'default', 'flex', 'scale', 'priority', 'fast', 'ultrafast')
      : allow.oneOf('auto', 'default', 'flex', 'priority'),
  ),
  store: allow.null(allow.flag),
  stream: allow.null(allow.flag),
  stream_options: allow.null(allow.record({ include_obfuscation: allow.flag })),
  temperature: allow.null(allow.decimal(0, 2)),
  top_logprobs: allow.null(allow.integer(0, 20)),
  top_p: allow.null(allow.decimal(0, 1)),
  ...(dialect === 'openai'
    ? {
        access_programs: allow.anything,
        client_metadata: allow.null({ is: 'map', of: allow.anything }),
        context_management: allow.null(
          allow.list(
            allow.record({
              type: allow.required(allow.oneOf('compaction')),
              compact_threshold: allow.integer(1000),
            }),
          ),
        ),
        image: allow.openRecord(),
        moderation: allow.null(allow.openRecord({ model: allow.required(allow.text()) })),
        prompt: allow.null(
          allow.record({
            id: allow.required(allow.text()),
            version: allow.null(allow.text()),
            variables: allow.null(allow.openRecord()),
          }),
        ),
        prompt_cache_options: cacheOptions,
        prompt_cache_retention: allow.null(allow.oneOf('in_memory', 'in-memory', '24h')),
        user: allow.null(allow.text()),
      }
    : {
        frequency_penalty: allow.null(allow.decimal(-2, 2)),
        presence_penalty: allow.null(allow.decimal(-2, 2)),
      }),
}))

export const inputTokensFields = forEach((dialect): Fields => ({
  ...shared(dialect),
  personality: allow.anything,
}))

export const compactFields = forEach((dialect): Fields => ({
  model: allow.required(allow.null(allow.text())),
  input: allow.null(inputRule(nameLimitOf(dialect))),
  previous_response_id: allow.null(allow.text()),
  instructions: allow.null(allow.text()),
  prompt_cache_key: allow.null(allow.text({ max: 64 })),
  prompt_cache_options: cacheOptions,
  prompt_cache_retention: allow.null(allow.oneOf('in_memory', 'in-memory', '24h')),
  service_tier: allow.null(allow.oneOf('auto', 'default', 'flex', 'scale', 'priority')),
}))

export const itemsRule = forEach((dialect): FieldRule =>
  allow.list(allowItem(nameLimitOf(dialect)), { max: 20 }),
)

/** Where the parameters of Chat Completions went. */
export const MOVED: Readonly<Record<string, string>> = {
  messages: 'input',
  max_tokens: 'max_output_tokens',
  max_completion_tokens: 'max_output_tokens',
  response_format: 'text.format',
  functions: 'tools',
  function_call: 'tool_choice',
  reasoning_effort: 'reasoning.effort',
  verbosity: 'text.verbosity',
}

/** The tables are large: each is made once. */
function forEach<Table>(make: (dialect: Dialect) => Table): Readonly<Record<Dialect, Table>> {
  return { openai: make('openai'), 'open-responses': make('open-responses') }
}

function nameLimitOf(dialect: Dialect): number {
  return dialect === 'openai' ? 128 : 64
}
