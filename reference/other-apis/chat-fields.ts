// Rules for the fields of `POST /chat/completions`.
// Source: OpenAI API reference, Chat Completions, as typed in the npm package openai 7.55.0, read 2026-11-30.

import { metadataRule } from '../validate/request-fields.ts'
import { allow, type Fields, type FieldRule } from '../validate/rules.ts'

const text = allow.openRecord({ text: allow.required(allow.text()) })
const content = (parts: Readonly<Record<string, FieldRule>>): FieldRule =>
  allow.either(allow.text(), allow.list(allow.tagged('type', parts)))

const userParts = {
  text,
  image_url: allow.openRecord({
    image_url: allow.required(
      allow.record({
        url: allow.required(allow.text()),
        detail: allow.oneOf('auto', 'low', 'high'),
      }),
    ),
  }),
  file: allow.openRecord({
    file: allow.required(
      allow.record({ file_data: allow.text(), file_id: allow.text(), filename: allow.text() }),
    ),
  }),
}

const called = allow.tagged('type', {
  function: allow.openRecord({
    id: allow.required(allow.text()),
    function: allow.required(
      allow.openRecord({
        name: allow.required(allow.text()),
        arguments: allow.required(allow.text()),
      }),
    ),
  }),
  custom: allow.openRecord({
    id: allow.required(allow.text()),
    custom: allow.required(
      allow.openRecord({ name: allow.required(allow.text()), input: allow.required(allow.text()) }),
    ),
  }),
})

/** Open, because clients send messages back as they came, with all that was in them. */
const message = allow.tagged('role', {
  developer: allow.openRecord({ content: allow.required(content({ text })) }),
  system: allow.openRecord({ content: allow.required(content({ text })) }),
  user: allow.openRecord({ content: allow.required(content(userParts)) }),
  assistant: allow.openRecord({
    content: allow.null(
      content({ text, refusal: allow.openRecord({ refusal: allow.required(allow.text()) }) }),
    ),
    refusal: allow.null(allow.text()),
    tool_calls: allow.null(allow.list(called)),
  }),
  tool: allow.openRecord({
    content: allow.required(content({ text })),
    tool_call_id: allow.required(allow.text()),
  }),
})

const named = allow.record({ name: allow.required(allow.text({ min: 1 })) })
const chosen = {
  function: allow.record({ function: allow.required(named) }),
  custom: allow.record({ custom: allow.required(named) }),
}

const tool = allow.tagged('type', {
  // Open, because gateways leave in it what the Responses API puts there, such as the type.
  function: allow.record({
    function: allow.required(
      allow.openRecord({
        name: allow.required(allow.name(64)),
        description: allow.null(allow.text()),
        parameters: allow.null(allow.openRecord()),
        strict: allow.null(allow.flag),
      }),
    ),
  }),
  custom: allow.record({
    custom: allow.required(
      allow.record({
        name: allow.required(allow.name(64)),
        description: allow.text(),
        format: allow.tagged('type', {
          text: allow.record({}),
          grammar: allow.record({
            grammar: allow.required(
              allow.record({
                syntax: allow.required(allow.oneOf('lark', 'regex')),
                definition: allow.required(allow.text({ min: 1 })),
              }),
            ),
          }),
        }),
      }),
    ),
  }),
})

const toolChoice = allow.either(
  allow.oneOf('none', 'auto', 'required'),
  allow.tagged('type', {
    ...chosen,
    allowed_tools: allow.record({
      allowed_tools: allow.required(
        allow.record({
          mode: allow.required(allow.oneOf('auto', 'required')),
          tools: allow.required(allow.list(allow.tagged('type', chosen), { min: 1 })),
        }),
      ),
    }),
  }),
)

const responseFormat = allow.tagged('type', {
  text: allow.record({}),
  json_object: allow.record({}),
  json_schema: allow.record({
    json_schema: allow.required(
      allow.record({
        name: allow.required(allow.name(64)),
        description: allow.text(),
        schema: allow.openRecord(),
        strict: allow.null(allow.flag),
      }),
    ),
  }),
})

export const chatFields: Fields = {
  model: allow.required(allow.text()),
  messages: allow.required(allow.list(message, { min: 1 })),
  audio: allow.null(allow.openRecord()),
  frequency_penalty: allow.null(allow.decimal(-2, 2)),
  function_call: allow.anything,
  functions: allow.anything,
  logit_bias: allow.null({ is: 'map', of: allow.decimal(-100, 100) }),
  logprobs: allow.null(allow.flag),
  max_completion_tokens: allow.null(allow.integer(1)),
  max_tokens: allow.null(allow.integer(1)),
  metadata: metadataRule,
  modalities: allow.null(allow.list(allow.oneOf('text'))),
  moderation: allow.anything,
  n: allow.null(allow.integer(1, 128)),
  parallel_tool_calls: allow.null(allow.flag),
  prediction: allow.anything,
  presence_penalty: allow.null(allow.decimal(-2, 2)),
  prompt_cache_key: allow.null(allow.text()),
  prompt_cache_options: allow.anything,
  prompt_cache_retention: allow.null(allow.oneOf('in_memory', '24h')),
  reasoning_effort: allow.null(
    allow.oneOf('none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'),
  ),
  response_format: allow.null(responseFormat),
  safety_identifier: allow.null(allow.text()),
  seed: allow.null(allow.integer()),
  service_tier: allow.null(allow.oneOf('auto', 'default', 'flex', 'scale', 'priority', 'fast')),
  stop: allow.null(allow.either(allow.text(), allow.list(allow.text(), { max: 4 }))),
  store: allow.null(allow.flag),
  stream: allow.null(allow.flag),
  stream_options: allow.null(
    allow.record({ include_usage: allow.flag, include_obfuscation: allow.flag }),
  ),
  temperature: allow.null(allow.decimal(0, 2)),
  tool_choice: allow.null(toolChoice),
  tools: allow.null(allow.list(tool)),
  top_logprobs: allow.null(allow.integer(0, 20)),
  top_p: allow.null(allow.decimal(0, 1)),
  user: allow.null(allow.text()),
  verbosity: allow.null(allow.oneOf('low', 'medium', 'high')),
  web_search_options: allow.anything,
}
