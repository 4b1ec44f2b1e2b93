// Rules for the fields of `POST /chat/completions`.
// Source: OpenAI API reference, Chat Completions, as typed in the npm package openai 7.55.0, read 2026-11-30.

import { metadataRule } from '../validate/request-fields.ts'
import type { Fields, FieldRule } from '../validate/rules.ts'
import {
  allowDecimal,
  allowEither,
  allowInteger,
  allowList,
  allowName,
  allowNull,
  allowOneOf,
  allowOpenRecord,
  allowRecord,
  allowText,
  anythingRule,
  flagRule,
  requireField,
} from '../validate/rules.ts'

const tagged = (by: string, of: Readonly<Record<string, FieldRule>>): FieldRule => ({
  is: 'tagged',
  by,
  of,
})

const text = allowOpenRecord({ text: requireField(allowText()) })
const content = (parts: Readonly<Record<string, FieldRule>>): FieldRule =>
  allowEither(allowText(), allowList(tagged('type', parts)))

const userParts = {
  text,
  image_url: allowOpenRecord({
    image_url: requireField(
      allowRecord({
        url: requireField(allowText()),
        detail: allowOneOf('auto', 'low', 'high'),
      }),
    ),
  }),
  file: allowOpenRecord({
    file: requireField(
      allowRecord({ file_data: allowText(), file_id: allowText(), filename: allowText() }),
    ),
  }),
}

const called = tagged('type', {
  function: allowOpenRecord({
    id: requireField(allowText()),
    function: requireField(
      allowOpenRecord({
        name: requireField(allowText()),
        arguments: requireField(allowText()),
      }),
    ),
  }),
  custom: allowOpenRecord({
    id: requireField(allowText()),
    custom: requireField(
      allowOpenRecord({ name: requireField(allowText()), input: requireField(allowText()) }),
    ),
  }),
})

/** Open, because clients send messages back as they came, with all that was in them. */
const message = tagged('role', {
  developer: allowOpenRecord({ content: requireField(content({ text })) }),
  system: allowOpenRecord({ content: requireField(content({ text })) }),
  user: allowOpenRecord({ content: requireField(content(userParts)) }),
  assistant: allowOpenRecord({
    content: allowNull(
      content({ text, refusal: allowOpenRecord({ refusal: requireField(allowText()) }) }),
    ),
    refusal: allowNull(allowText()),
    tool_calls: allowNull(allowList(called)),
  }),
  tool: allowOpenRecord({
    content: requireField(content({ text })),
    tool_call_id: requireField(allowText()),
  }),
})

const named = allowRecord({ name: requireField(allowText({ min: 1 })) })
const chosen = {
  function: allowRecord({ function: requireField(named) }),
  custom: allowRecord({ custom: requireField(named) }),
}

const tool = tagged('type', {
  function: allowRecord({
    function: requireField(
      allowRecord({
        name: requireField(allowName(64)),
        description: allowNull(allowText()),
        parameters: allowNull(allowOpenRecord()),
        strict: allowNull(flagRule),
      }),
    ),
  }),
  custom: allowRecord({
    custom: requireField(
      allowRecord({
        name: requireField(allowName(64)),
        description: allowText(),
        format: tagged('type', {
          text: allowRecord({}),
          grammar: allowRecord({
            grammar: requireField(
              allowRecord({
                syntax: requireField(allowOneOf('lark', 'regex')),
                definition: requireField(allowText({ min: 1 })),
              }),
            ),
          }),
        }),
      }),
    ),
  }),
})

const toolChoice = allowEither(
  allowOneOf('none', 'auto', 'required'),
  tagged('type', {
    ...chosen,
    allowed_tools: allowRecord({
      allowed_tools: requireField(
        allowRecord({
          mode: requireField(allowOneOf('auto', 'required')),
          tools: requireField(allowList(tagged('type', chosen), { min: 1 })),
        }),
      ),
    }),
  }),
)

const responseFormat = tagged('type', {
  text: allowRecord({}),
  json_object: allowRecord({}),
  json_schema: allowRecord({
    json_schema: requireField(
      allowRecord({
        name: requireField(allowName(64)),
        description: allowText(),
        schema: allowOpenRecord(),
        strict: allowNull(flagRule),
      }),
    ),
  }),
})

export const chatFields: Fields = {
  model: requireField(allowText()),
  messages: requireField(allowList(message, { min: 1 })),
  audio: allowNull(allowOpenRecord()),
  frequency_penalty: allowNull(allowDecimal(-2, 2)),
  function_call: anythingRule,
  functions: anythingRule,
  logit_bias: allowNull({ is: 'map', of: allowDecimal(-100, 100) }),
  logprobs: allowNull(flagRule),
  max_completion_tokens: allowNull(allowInteger(1)),
  max_tokens: allowNull(allowInteger(1)),
  metadata: metadataRule,
  modalities: allowNull(allowList(allowOneOf('text'))),
  moderation: anythingRule,
  n: allowNull(allowInteger(1, 128)),
  parallel_tool_calls: allowNull(flagRule),
  prediction: anythingRule,
  presence_penalty: allowNull(allowDecimal(-2, 2)),
  prompt_cache_key: allowNull(allowText()),
  prompt_cache_options: anythingRule,
  prompt_cache_retention: allowNull(allowOneOf('in_memory', '24h')),
  reasoning_effort: allowNull(
    allowOneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'),
  ),
  response_format: allowNull(responseFormat),
  safety_identifier: allowNull(allowText()),
  seed: allowNull(allowInteger()),
  service_tier: allowNull(allowOneOf('auto', 'default', 'flex', 'scale', 'priority', 'fast')),
  stop: allowNull(allowEither(allowText(), allowList(allowText(), { max: 4 }))),
  store: allowNull(flagRule),
  stream: allowNull(flagRule),
  stream_options: allowNull(
    allowRecord({ include_usage: flagRule, include_obfuscation: flagRule }),
  ),
  temperature: allowNull(allowDecimal(0, 2)),
  tool_choice: allowNull(toolChoice),
  tools: allowNull(allowList(tool)),
  top_logprobs: allowNull(allowInteger(0, 20)),
  top_p: allowNull(allowDecimal(0, 1)),
  user: allowNull(allowText()),
  verbosity: allowNull(allowOneOf('low', 'medium', 'high')),
  web_search_options: anythingRule,
}
