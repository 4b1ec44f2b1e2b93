// Rules for tool definitions and tool choices.

import type { FieldRule } from './rules.ts'
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

const userLocation = allowNull(
  allowRecord({
    type: allowOneOf('approximate'),
    city: allowNull(allowText()),
    country: allowNull(allowText()),
    region: allowNull(allowText()),
    timezone: allowNull(allowText()),
  }),
)

const webSearch = allowRecord({
  filters: allowNull(allowOpenRecord()),
  user_location: userLocation,
  search_context_size: allowOneOf('low', 'medium', 'high'),
  search_content_types: allowList(allowText()),
  external_web_access: allowNull(flagRule),
})

export const allowFunctionTool = (nameLimit: number): FieldRule =>
  allowRecord({
    name: requireField(allowName(nameLimit)),
    description: allowNull(allowText()),
    parameters: allowNull(allowOpenRecord()),
    strict: allowNull(flagRule),
    output_schema: allowNull(allowOpenRecord()),
    defer_loading: allowNull(flagRule),
    allowed_callers: allowNull(allowList(allowText())),
  })

const customTool = (nameLimit: number): FieldRule =>
  allowRecord({
    name: requireField(allowName(nameLimit)),
    description: allowNull(allowText()),
    format: {
      is: 'tagged',
      by: 'type',
      of: {
        text: allowRecord({}),
        grammar: allowRecord({
          syntax: requireField(allowOneOf('lark', 'regex')),
          definition: requireField(allowText({ min: 1 })),
        }),
      },
    },
    defer_loading: allowNull(flagRule),
    allowed_callers: allowNull(allowList(allowText())),
  })

const mcp = allowRecord({
  server_label: requireField(allowText({ min: 1 })),
  server_url: allowText(),
  connector_id: allowText(),
  tunnel_id: allowText(),
  authorization: allowNull(allowText()),
  server_description: allowNull(allowText()),
  headers: allowNull(allowOpenRecord()),
  allowed_tools: allowNull(allowEither(allowList(allowText()), allowOpenRecord())),
  require_approval: allowNull(allowEither(allowOneOf('always', 'never'), allowOpenRecord())),
  defer_loading: allowNull(flagRule),
  allowed_callers: allowNull(allowList(allowText())),
})

const imageGeneration = allowRecord({
  model: allowNull(allowText()),
  quality: allowOneOf('low', 'medium', 'high', 'auto'),
  size: allowOneOf('1024x1024', '1024x1536', '1536x1024', 'auto'),
  output_format: allowOneOf('png', 'webp', 'jpeg'),
  output_compression: allowInteger(0, 100),
  moderation: allowOneOf('auto', 'low'),
  background: allowOneOf('transparent', 'opaque', 'auto'),
  input_fidelity: allowNull(allowOneOf('high', 'low')),
  input_image_mask: allowOpenRecord(),
  partial_images: allowInteger(0, 3),
  action: allowOneOf('generate', 'edit', 'auto'),
})

export const allowTool = (nameLimit: number): FieldRule => {
  const inner = { function: allowFunctionTool(nameLimit), custom: customTool(nameLimit) }
  return {
    is: 'tagged',
    by: 'type',
    of: {
      ...inner,
      namespace: allowRecord({
        name: requireField(allowText({ min: 1, max: nameLimit })),
        description: requireField(allowText()),
        tools: requireField(allowList({ is: 'tagged', by: 'type', of: inner })),
      }),
      web_search: webSearch,
      web_search_2025_08_26: webSearch,
      web_search_preview: webSearch,
      web_search_preview_2025_03_11: webSearch,
      file_search: allowRecord({
        vector_store_ids: requireField(allowList(allowText(), { min: 1 })),
        max_num_results: allowInteger(1, 50),
        ranking_options: allowNull(
          allowRecord({
            ranker: allowText(),
            score_threshold: allowDecimal(0, 1),
            hybrid_search: anythingRule,
          }),
        ),
        filters: allowNull(allowOpenRecord()),
      }),
      code_interpreter: allowRecord({
        container: requireField(
          allowEither(allowText(), allowOpenRecord({ type: requireField(allowOneOf('auto')) })),
        ),
        allowed_callers: allowNull(allowList(allowText())),
      }),
      image_generation: imageGeneration,
      mcp,
      tool_search: allowRecord({
        execution: allowOneOf('server', 'client'),
        description: allowNull(allowText()),
        parameters: allowNull(allowOpenRecord()),
      }),
      local_shell: allowRecord({}),
      shell: allowRecord({
        environment: allowNull(allowOpenRecord()),
        allowed_callers: allowNull(allowList(allowText())),
      }),
      apply_patch: allowRecord({ allowed_callers: allowNull(allowList(allowText())) }),
      computer: allowRecord({}),
      computer_use_preview: allowRecord({
        environment: requireField(allowText()),
        display_width: requireField(allowInteger(1)),
        display_height: requireField(allowInteger(1)),
      }),
      programmatic_tool_calling: allowRecord({}),
    },
  }
}

/** Types of `tool_choice: {type}` that need nothing else, with the tool types they stand for. */
export const HOSTED_CHOICES: Readonly<Record<string, readonly string[]>> = {
  file_search: ['file_search'],
  web_search: ['web_search', 'web_search_2025_08_26'],
  web_search_2025_08_26: ['web_search_2025_08_26'],
  web_search_preview: ['web_search_preview', 'web_search_preview_2025_03_11'],
  web_search_preview_2025_03_11: ['web_search_preview_2025_03_11'],
  computer: ['computer'],
  computer_use: ['computer'],
  computer_use_preview: ['computer_use_preview'],
  image_generation: ['image_generation'],
  code_interpreter: ['code_interpreter'],
  apply_patch: ['apply_patch'],
  shell: ['shell'],
  local_shell: ['local_shell'],
  tool_search: ['tool_search'],
  programmatic_tool_calling: ['programmatic_tool_calling'],
}

export const allowChoice = (modes: readonly string[], modeRequired: boolean): FieldRule => {
  const mode = allowOneOf(...modes)
  return allowEither(allowOneOf('none', 'auto', 'required'), {
    is: 'tagged',
    by: 'type',
    of: {
      function: allowRecord({ name: requireField(allowText({ min: 1 })) }),
      custom: allowRecord({ name: requireField(allowText({ min: 1 })) }),
      mcp: allowRecord({ server_label: requireField(allowText()), name: allowNull(allowText()) }),
      allowed_tools: allowRecord({
        mode: modeRequired ? requireField(mode) : mode,
        tools: requireField(
          allowList(allowOpenRecord({ type: requireField(allowText()) }), { min: 1, max: 128 }),
        ),
      }),
      ...Object.fromEntries(Object.keys(HOSTED_CHOICES).map((type) => [type, allowRecord({})])),
    },
  })
}
