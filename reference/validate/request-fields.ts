// What the body of `POST /responses` and its relatives may say: names, types, ranges.

import type { Dialect } from '../../src/types/index.ts'
import type { Fields, Rule } from './rules.ts'
import {
  anything,
  decimal,
  either,
  flag,
  integer,
  list,
  must,
  name,
  oneOf,
  openRecord,
  orNull,
  record,
  text,
} from './rules.ts'
import { itemRule } from './items.ts'
import { choiceRule, functionTool, toolRule } from './tools.ts'

export const metadataRule = orNull({
  is: 'map',
  of: text({ max: 512 }),
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

const format: Rule = {
  is: 'tagged',
  by: 'type',
  of: {
    text: record({}),
    json_object: record({}),
    json_schema: record({
      name: must(name(64)),
      schema: must(openRecord()),
      strict: orNull(flag),
      description: orNull(text()),
    }),
  },
}

const EFFORTS = {
  openai: ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'],
  'open-responses': ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'],
} as const

const cacheOptions = orNull(
  record({
    mode: oneOf('implicit', 'explicit'),
    ttl: oneOf('30m', '12h'),
    prewarm: flag,
    comparison_response_id: orNull(text()),
  }),
)

const conversationParam = orNull(either(text(), record({ id: must(text()) })))

/** Functions by its OpenAPI document, searches of the web by its prose; all else would need a vendor's prefix. */
const openTools = (nameLimit: number): Rule => ({
  is: 'tagged',
  by: 'type',
  of: { function: functionTool(nameLimit), web_search: record({ external_web_access: flag }) },
})

const inputRule = (nameLimit: number): Rule =>
  either(text({ max: 10_485_760 }), list(itemRule(nameLimit)))

const shared = (dialect: Dialect): Fields => {
  const nameLimit = nameLimitOf(dialect)
  const openai = dialect === 'openai'
  const summary = orNull(oneOf('auto', 'concise', 'detailed'))
  return {
    model: text(),
    input: orNull(inputRule(nameLimit)),
    instructions: orNull(text()),
    previous_response_id: orNull(text()),
    conversation: conversationParam,
    tools: orNull(list(openai ? toolRule(nameLimit) : openTools(nameLimit))),
    tool_choice: orNull(
      choiceRule(openai ? ['auto', 'required'] : ['none', 'auto', 'required'], openai),
    ),
    parallel_tool_calls: orNull(flag),
    reasoning: orNull(
      record({
        effort: orNull(oneOf(...EFFORTS[dialect])),
        summary,
        ...(openai
          ? {
              generate_summary: summary,
              context: orNull(oneOf('auto', 'current_turn', 'all_turns')),
              mode: orNull(oneOf('standard', 'pro')),
            }
          : {}),
      }),
    ),
    text: orNull(
      record({ format: orNull(format), verbosity: orNull(oneOf('low', 'medium', 'high')) }),
    ),
    truncation: orNull(oneOf('auto', 'disabled')),
  }
}

export const createFields = forEach((dialect): Fields => ({
  ...shared(dialect),
  background: orNull(flag),
  include: orNull(list(oneOf(...includesOf(dialect)))),
  max_output_tokens: orNull(integer(16)),
  max_tool_calls: orNull(integer(1)),
  metadata: metadataRule,
  prompt_cache_key: orNull(dialect === 'openai' ? text() : text({ max: 64 })),
  safety_identifier: orNull(text({ max: dialect === 'openai' ? 128 : 64 })),
  service_tier: orNull(
    dialect === 'openai'
      ? oneOf('auto', 'default', 'flex', 'scale', 'priority', 'fast', 'ultrafast')
      : oneOf('auto', 'default', 'flex', 'priority'),
  ),
  store: orNull(flag),
  stream: orNull(flag),
  stream_options: orNull(record({ include_obfuscation: flag })),
  temperature: orNull(decimal(0, 2)),
  top_logprobs: orNull(integer(0, 20)),
  top_p: orNull(decimal(0, 1)),
  ...(dialect === 'openai'
    ? {
        access_programs: anything,
        client_metadata: orNull({ is: 'map', of: anything }),
        context_management: orNull(
          list(record({ type: must(oneOf('compaction')), compact_threshold: integer(1000) })),
        ),
        image: openRecord(),
        moderation: orNull(openRecord({ model: must(text()) })),
        prompt: orNull(
          record({ id: must(text()), version: orNull(text()), variables: orNull(openRecord()) }),
        ),
        prompt_cache_options: cacheOptions,
        prompt_cache_retention: orNull(oneOf('in_memory', 'in-memory', '24h')),
        user: orNull(text()),
      }
    : {
        frequency_penalty: orNull(decimal(-2, 2)),
        presence_penalty: orNull(decimal(-2, 2)),
      }),
}))

export const inputTokensFields = forEach((dialect): Fields => ({
  ...shared(dialect),
  personality: anything,
}))

export const compactFields = forEach((dialect): Fields => ({
  model: must(orNull(text())),
  input: orNull(inputRule(nameLimitOf(dialect))),
  previous_response_id: orNull(text()),
  instructions: orNull(text()),
  prompt_cache_key: orNull(text({ max: 64 })),
  prompt_cache_options: cacheOptions,
  prompt_cache_retention: orNull(oneOf('in_memory', 'in-memory', '24h')),
  service_tier: orNull(oneOf('auto', 'default', 'flex', 'scale', 'priority')),
}))

export const itemsRule = forEach((dialect): Rule =>
  list(itemRule(nameLimitOf(dialect)), { max: 20 }),
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
