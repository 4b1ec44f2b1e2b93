// Rules for the fields of `POST /responses` and its relatives: names, types, ranges.

import type { Dialect } from '../../src/types/index.ts'
import type { Fields, FieldRule } from './rules.ts'
import {
  anythingRule,
  allowDecimal,
  allowEither,
  flagRule,
  allowInteger,
  allowList,
  requireField,
  allowName,
  allowOneOf,
  allowOpenRecord,
  allowNull,
  allowRecord,
  allowText,
} from './rules.ts'
import { allowItem } from './item-rules.ts'
import { allowChoice, allowFunctionTool, allowTool } from './tools.ts'

export const metadataRule = allowNull({
  is: 'map',
  of: allowText({ max: 512 }),
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

const format: FieldRule = {
  is: 'tagged',
  by: 'type',
  of: {
    text: allowRecord({}),
    json_object: allowRecord({}),
    json_schema: allowRecord({
      name: requireField(allowName(64)),
      schema: requireField(allowOpenRecord()),
      strict: allowNull(flagRule),
      description: allowNull(allowText()),
    }),
  },
}

const EFFORTS = {
  openai: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'],
  'open-responses': ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'],
} as const

const cacheOptions = allowNull(
  allowRecord({
    mode: allowOneOf('implicit', 'explicit'),
    ttl: allowOneOf('30m', '12h'),
    prewarm: flagRule,
    comparison_response_id: allowNull(allowText()),
  }),
)

const conversationParam = allowNull(
  allowEither(allowText(), allowRecord({ id: requireField(allowText()) })),
)

/** Functions by its OpenAPI document, searches of the web by its prose; all else would need a vendor's prefix. */
const openTools = (nameLimit: number): FieldRule => ({
  is: 'tagged',
  by: 'type',
  of: {
    function: allowFunctionTool(nameLimit),
    web_search: allowRecord({ external_web_access: flagRule }),
  },
})

const inputRule = (nameLimit: number): FieldRule =>
  allowEither(allowText({ max: 10_485_760 }), allowList(allowItem(nameLimit)))

const shared = (dialect: Dialect): Fields => {
  const nameLimit = nameLimitOf(dialect)
  const openai = dialect === 'openai'
  const summary = allowNull(allowOneOf('auto', 'concise', 'detailed'))
  return {
    model: allowText(),
    input: allowNull(inputRule(nameLimit)),
    instructions: allowNull(allowText()),
    previous_response_id: allowNull(allowText()),
    conversation: conversationParam,
    tools: allowNull(allowList(openai ? allowTool(nameLimit) : openTools(nameLimit))),
    tool_choice: allowNull(
      allowChoice(openai ? ['auto', 'required'] : ['none', 'auto', 'required'], openai),
    ),
    parallel_tool_calls: allowNull(flagRule),
    reasoning: allowNull(
      allowRecord({
        effort: allowNull(allowOneOf(...EFFORTS[dialect])),
        summary,
        ...(openai
          ? {
              generate_summary: summary,
              context: allowNull(allowOneOf('auto', 'current_turn', 'all_turns')),
              mode: allowNull(allowOneOf('standard', 'pro')),
            }
          : {}),
      }),
    ),
    text: allowNull(
      allowRecord({
        format: allowNull(format),
        verbosity: allowNull(allowOneOf('low', 'medium', 'high')),
      }),
    ),
    truncation: allowNull(allowOneOf('auto', 'disabled')),
  }
}

export const createFields = forEach((dialect): Fields => ({
  ...shared(dialect),
  background: allowNull(flagRule),
  include: allowNull(allowList(allowOneOf(...includesOf(dialect)))),
  max_output_tokens: allowNull(allowInteger(16)),
  max_tool_calls: allowNull(allowInteger(1)),
  metadata: metadataRule,
  prompt_cache_key: allowNull(dialect === 'openai' ? allowText() : allowText({ max: 64 })),
  safety_identifier: allowNull(allowText({ max: dialect === 'openai' ? 128 : 64 })),
  service_tier: allowNull(
    dialect === 'openai'
      ? allowOneOf('auto', 'default', 'flex', 'scale', 'priority', 'fast', 'ultrafast')
      : allowOneOf('auto', 'default', 'flex', 'priority'),
  ),
  store: allowNull(flagRule),
  stream: allowNull(flagRule),
  stream_options: allowNull(allowRecord({ include_obfuscation: flagRule })),
  temperature: allowNull(allowDecimal(0, 2)),
  top_logprobs: allowNull(allowInteger(0, 20)),
  top_p: allowNull(allowDecimal(0, 1)),
  ...(dialect === 'openai'
    ? {
        access_programs: anythingRule,
        client_metadata: allowNull({ is: 'map', of: anythingRule }),
        context_management: allowNull(
          allowList(
            allowRecord({
              type: requireField(allowOneOf('compaction')),
              compact_threshold: allowInteger(1000),
            }),
          ),
        ),
        image: allowOpenRecord(),
        moderation: allowNull(allowOpenRecord({ model: requireField(allowText()) })),
        prompt: allowNull(
          allowRecord({
            id: requireField(allowText()),
            version: allowNull(allowText()),
            variables: allowNull(allowOpenRecord()),
          }),
        ),
        prompt_cache_options: cacheOptions,
        prompt_cache_retention: allowNull(allowOneOf('in_memory', 'in-memory', '24h')),
        user: allowNull(allowText()),
      }
    : {
        frequency_penalty: allowNull(allowDecimal(-2, 2)),
        presence_penalty: allowNull(allowDecimal(-2, 2)),
      }),
}))

export const inputTokensFields = forEach((dialect): Fields => ({
  ...shared(dialect),
  personality: anythingRule,
}))

export const compactFields = forEach((dialect): Fields => ({
  model: requireField(allowNull(allowText())),
  input: allowNull(inputRule(nameLimitOf(dialect))),
  previous_response_id: allowNull(allowText()),
  instructions: allowNull(allowText()),
  prompt_cache_key: allowNull(allowText({ max: 64 })),
  prompt_cache_options: cacheOptions,
  prompt_cache_retention: allowNull(allowOneOf('in_memory', 'in-memory', '24h')),
  service_tier: allowNull(allowOneOf('auto', 'default', 'flex', 'scale', 'priority')),
}))

export const itemsRule = forEach((dialect): FieldRule =>
  allowList(allowItem(nameLimitOf(dialect)), { max: 20 }),
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
