// Rules for tool definitions and tool choices.

import { allow, type FieldRule } from './rules.ts'

const userLocation = allow.null(
  allow.record({
    type: allow.oneOf('approximate'),
    city: allow.null(allow.text()),
    country: allow.null(allow.text()),
    region: allow.null(allow.text()),
    timezone: allow.null(allow.text()),
  }),
)

const webSearch = allow.record({
  filters: allow.null(allow.openRecord()),
  user_location: userLocation,
  search_context_size: allow.oneOf('low', 'medium', 'high'),
  search_content_types: allow.list(allow.text()),
  external_web_access: allow.null(allow.flag),
})

export const allowFunctionTool = (nameLimit: number): FieldRule =>
  allow.record({
    name: allow.required(allow.name(nameLimit)),
    description: allow.null(allow.text()),
    parameters: allow.null(allow.openRecord()),
    strict: allow.null(allow.flag),
    output_schema: allow.null(allow.openRecord()),
    defer_loading: allow.null(allow.flag),
    allowed_callers: allow.null(allow.list(allow.text())),
  })

const customTool = (nameLimit: number): FieldRule =>
  allow.record({
    name: allow.required(allow.name(nameLimit)),
    description: allow.null(allow.text()),
    format: allow.tagged('type', {
      text: allow.record({}),
      grammar: allow.record({
        syntax: allow.required(allow.oneOf('lark', 'regex')),
        definition: allow.required(allow.text({ min: 1 })),
      }),
    }),
    defer_loading: allow.null(allow.flag),
    allowed_callers: allow.null(allow.list(allow.text())),
  })

const mcp = allow.record({
  server_label: allow.required(allow.text({ min: 1 })),
  server_url: allow.text(),
  connector_id: allow.text(),
  tunnel_id: allow.text(),
  authorization: allow.null(allow.text()),
  server_description: allow.null(allow.text()),
  headers: allow.null(allow.openRecord()),
  allowed_tools: allow.null(allow.either(allow.list(allow.text()), allow.openRecord())),
  require_approval: allow.null(allow.either(allow.oneOf('always', 'never'), allow.openRecord())),
  defer_loading: allow.null(allow.flag),
  allowed_callers: allow.null(allow.list(allow.text())),
})

const imageGeneration = allow.record({
  model: allow.null(allow.text()),
  quality: allow.oneOf('low', 'medium', 'high', 'auto'),
  size: allow.oneOf('1024x1024', '1024x1536', '1536x1024', 'auto'),
  output_format: allow.oneOf('png', 'webp', 'jpeg'),
  output_compression: allow.integer(0, 100),
  moderation: allow.oneOf('auto', 'low'),
  background: allow.oneOf('transparent', 'opaque', 'auto'),
  input_fidelity: allow.null(allow.oneOf('high', 'low')),
  input_image_mask: allow.openRecord(),
  partial_images: allow.integer(0, 3),
  action: allow.oneOf('generate', 'edit', 'auto'),
})

export const allowTool = (nameLimit: number): FieldRule => {
  const inner = { function: allowFunctionTool(nameLimit), custom: customTool(nameLimit) }
  return allow.tagged('type', {
    ...inner,
    namespace: allow.record({
      name: allow.required(allow.text({ min: 1, max: nameLimit })),
      description: allow.required(allow.text()),
      tools: allow.required(allow.list(allow.tagged('type', inner))),
    }),
    web_search: webSearch,
    web_search_2025_08_26: webSearch,
    web_search_preview: webSearch,
    web_search_preview_2025_03_11: webSearch,
    file_search: allow.record({
      vector_store_ids: allow.required(allow.list(allow.text(), { min: 1 })),
      max_num_results: allow.integer(1, 50),
      ranking_options: allow.null(
        allow.record({
          ranker: allow.text(),
          score_threshold: allow.decimal(0, 1),
          hybrid_search: allow.anything,
        }),
      ),
      filters: allow.null(allow.openRecord()),
    }),
    code_interpreter: allow.record({
      container: allow.required(
        allow.either(allow.text(), allow.openRecord({ type: allow.required(allow.oneOf('auto')) })),
      ),
      allowed_callers: allow.null(allow.list(allow.text())),
    }),
    image_generation: imageGeneration,
    mcp,
    tool_search: allow.record({
      execution: allow.oneOf('server', 'client'),
      description: allow.null(allow.text()),
      parameters: allow.null(allow.openRecord()),
    }),
    local_shell: allow.record({}),
    shell: allow.record({
      environment: allow.null(allow.openRecord()),
      allowed_callers: allow.null(allow.list(allow.text())),
    }),
    apply_patch: allow.record({ allowed_callers: allow.null(allow.list(allow.text())) }),
    computer: allow.record({}),
    computer_use_preview: allow.record({
      environment: allow.required(allow.text()),
      display_width: allow.required(allow.integer(1)),
      display_height: allow.required(allow.integer(1)),
    }),
    programmatic_tool_calling: allow.record({}),
  })
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
  const mode = allow.oneOf(...modes)
  return allow.either(
    allow.oneOf('none', 'auto', 'required'),
    allow.tagged('type', {
      function: allow.record({ name: allow.required(allow.text({ min: 1 })) }),
      custom: allow.record({ name: allow.required(allow.text({ min: 1 })) }),
      mcp: allow.record({
        server_label: allow.required(allow.text()),
        name: allow.null(allow.text()),
      }),
      allowed_tools: allow.record({
        mode: modeRequired ? allow.required(mode) : mode,
        tools: allow.required(
          allow.list(allow.openRecord({ type: allow.required(allow.text()) }), {
            min: 1,
            max: 128,
          }),
        ),
      }),
      ...Object.fromEntries(Object.keys(HOSTED_CHOICES).map((type) => [type, allow.record({})])),
    }),
  )
}
