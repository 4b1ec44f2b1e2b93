// Rules for the fields of `POST /messages` and `POST /messages/count_tokens`.
// Source: Claude API reference, Messages, as typed in the npm package @anthropic-ai/sdk 1.14.0, read 2026-11-30.
// `temperature`, `top_p`, `top_k` and `output_format` are of earlier versions, and still sent.

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
const texts = allowEither(allowText(), allowList(tagged('type', { text })))

const bytes = allowOpenRecord({
  media_type: requireField(allowText()),
  data: requireField(allowText()),
})
const url = allowOpenRecord({ url: requireField(allowText()) })
const file = allowOpenRecord({ file_id: requireField(allowText()) })

const image = allowOpenRecord({
  source: requireField(tagged('type', { base64: bytes, url, file })),
})
const pages = allowOpenRecord({
  content: requireField(allowEither(allowText(), allowList(tagged('type', { text, image })))),
})
const document = allowOpenRecord({
  source: requireField(tagged('type', { base64: bytes, text: bytes, content: pages, url, file })),
  title: allowNull(allowText()),
})
const shown = { text, image, document }

const userBlocks = {
  ...shown,
  tool_result: allowOpenRecord({
    tool_use_id: requireField(allowText()),
    content: allowEither(allowText(), allowList(tagged('type', shown))),
    is_error: flagRule,
  }),
}

const assistantBlocks = {
  text,
  tool_use: allowOpenRecord({
    id: requireField(allowText()),
    name: requireField(allowText()),
    input: requireField(allowOpenRecord()),
  }),
  thinking: allowOpenRecord({
    thinking: requireField(allowText()),
    signature: requireField(allowText()),
  }),
  redacted_thinking: allowOpenRecord({ data: requireField(allowText()) }),
}

const says = (content: FieldRule): FieldRule => allowOpenRecord({ content: requireField(content) })

const message = tagged('role', {
  user: says(allowEither(allowText(), allowList(tagged('type', userBlocks)))),
  assistant: says(allowEither(allowText(), allowList(tagged('type', assistantBlocks)))),
  system: says(texts),
})

const tool: FieldRule = {
  is: 'tagged',
  by: 'type',
  fallback: () => 'custom',
  of: {
    custom: allowOpenRecord({
      name: requireField(allowName(128)),
      description: allowText(),
      input_schema: requireField(allowOpenRecord()),
      strict: flagRule,
    }),
  },
}

const parallel = { disable_parallel_tool_use: flagRule }
const toolChoice = tagged('type', {
  auto: allowOpenRecord(parallel),
  any: allowOpenRecord(parallel),
  tool: allowOpenRecord({ name: requireField(allowText()), ...parallel }),
  none: allowOpenRecord(),
})

const format = allowNull(
  tagged('type', { json_schema: allowOpenRecord({ schema: requireField(allowOpenRecord()) }) }),
)

export const countFields: Fields = {
  model: requireField(allowText()),
  messages: requireField(allowList(message, { min: 1 })),
  cache_control: anythingRule,
  context_management: anythingRule,
  mcp_servers: anythingRule,
  output_config: allowOpenRecord({
    effort: allowNull(allowOneOf('low', 'medium', 'high', 'xhigh', 'max')),
    format,
  }),
  output_format: format,
  speed: allowNull(allowOneOf('standard', 'fast')),
  system: texts,
  thinking: tagged('type', {
    enabled: allowOpenRecord({ budget_tokens: requireField(allowInteger(1024)) }),
    adaptive: allowOpenRecord(),
    between_tools: allowOpenRecord(),
    disabled: allowOpenRecord(),
  }),
  tool_choice: toolChoice,
  tools: allowList(tool),
}

export const messagesFields: Fields = {
  ...countFields,
  max_tokens: requireField(allowInteger(1)),
  container: anythingRule,
  diagnostics: anythingRule,
  inference_geo: allowNull(allowText()),
  metadata: allowOpenRecord({ user_id: allowNull(allowText({ max: 512 })) }),
  service_tier: allowOneOf('auto', 'standard_only'),
  stop_sequences: allowList(allowText()),
  stream: flagRule,
  temperature: allowDecimal(0, 1),
  top_k: allowInteger(0),
  top_p: allowDecimal(0, 1),
  user_profile_id: allowText(),
  workspace_id: allowText(),
}
