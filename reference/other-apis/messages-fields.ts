// Rules for the fields of `POST /messages` and `POST /messages/count_tokens`.
// Source: Claude API reference, Messages, as typed in the npm package @anthropic-ai/sdk 1.14.0, read 2026-11-30.
// `temperature`, `top_p`, `top_k` and `output_format` are of earlier versions, and still sent.

import { allow, type Fields, type FieldRule } from '../validate/rules.ts'

const text = allow.openRecord({ text: allow.required(allow.text()) })
const texts = allow.either(allow.text(), allow.list(allow.tagged('type', { text })))

const bytes = allow.openRecord({
  media_type: allow.required(allow.text()),
  data: allow.required(allow.text()),
})
const url = allow.openRecord({ url: allow.required(allow.text()) })
const file = allow.openRecord({ file_id: allow.required(allow.text()) })

const image = allow.openRecord({
  source: allow.required(allow.tagged('type', { base64: bytes, url, file })),
})
const pages = allow.openRecord({
  content: allow.required(
    allow.either(allow.text(), allow.list(allow.tagged('type', { text, image }))),
  ),
})
const document = allow.openRecord({
  source: allow.required(
    allow.tagged('type', { base64: bytes, text: bytes, content: pages, url, file }),
  ),
  title: allow.null(allow.text()),
})
const shown = { text, image, document }

const userBlocks = {
  ...shown,
  tool_result: allow.openRecord({
    tool_use_id: allow.required(allow.text()),
    content: allow.either(allow.text(), allow.list(allow.tagged('type', shown))),
    is_error: allow.flag,
  }),
}

const assistantBlocks = {
  text,
  tool_use: allow.openRecord({
    id: allow.required(allow.text()),
    name: allow.required(allow.text()),
    input: allow.required(allow.openRecord()),
  }),
  thinking: allow.openRecord({
    thinking: allow.required(allow.text()),
    signature: allow.required(allow.text()),
  }),
  redacted_thinking: allow.openRecord({ data: allow.required(allow.text()) }),
}

const says = (content: FieldRule): FieldRule =>
  allow.openRecord({ content: allow.required(content) })

const message = allow.tagged('role', {
  user: says(allow.either(allow.text(), allow.list(allow.tagged('type', userBlocks)))),
  assistant: says(allow.either(allow.text(), allow.list(allow.tagged('type', assistantBlocks)))),
  system: says(texts),
})

const tool: FieldRule = {
  is: 'tagged',
  by: 'type',
  fallback: () => 'custom',
  of: {
    custom: allow.openRecord({
      name: allow.required(allow.name(128)),
      description: allow.text(),
      input_schema: allow.required(allow.openRecord()),
      strict: allow.flag,
    }),
  },
}

const parallel = { disable_parallel_tool_use: allow.flag }
const toolChoice = allow.tagged('type', {
  auto: allow.openRecord(parallel),
  any: allow.openRecord(parallel),
  tool: allow.openRecord({ name: allow.required(allow.text()), ...parallel }),
  none: allow.openRecord(),
})

const format = allow.null(
  allow.tagged('type', {
    json_schema: allow.openRecord({ schema: allow.required(allow.openRecord()) }),
  }),
)

export const countFields: Fields = {
  model: allow.required(allow.text()),
  messages: allow.required(allow.list(message, { min: 1 })),
  cache_control: allow.anything,
  context_management: allow.anything,
  mcp_servers: allow.anything,
  output_config: allow.openRecord({
    effort: allow.null(allow.oneOf('low', 'medium', 'high', 'xhigh', 'max')),
    format,
  }),
  output_format: format,
  speed: allow.null(allow.oneOf('standard', 'fast')),
  system: texts,
  thinking: allow.tagged('type', {
    enabled: allow.openRecord({ budget_tokens: allow.required(allow.integer(1024)) }),
    adaptive: allow.openRecord(),
    between_tools: allow.openRecord(),
    disabled: allow.openRecord(),
  }),
  tool_choice: toolChoice,
  tools: allow.list(tool),
}

export const messagesFields: Fields = {
  ...countFields,
  max_tokens: allow.required(allow.integer(1)),
  container: allow.anything,
  diagnostics: allow.anything,
  inference_geo: allow.null(allow.text()),
  metadata: allow.openRecord({ user_id: allow.null(allow.text({ max: 512 })) }),
  service_tier: allow.oneOf('auto', 'standard_only'),
  stop_sequences: allow.list(allow.text()),
  stream: allow.flag,
  temperature: allow.decimal(0, 1),
  top_k: allow.integer(0),
  top_p: allow.decimal(0, 1),
  user_profile_id: allow.text(),
  workspace_id: allow.text(),
}
