// Tool definitions and tool choices.

import type { Rule } from './rules.ts'
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

const userLocation = orNull(
  record({
    type: oneOf('approximate'),
    city: orNull(text()),
    country: orNull(text()),
    region: orNull(text()),
    timezone: orNull(text()),
  }),
)

const webSearch = record({
  filters: orNull(openRecord()),
  user_location: userLocation,
  search_context_size: oneOf('low', 'medium', 'high'),
  search_content_types: list(text()),
  external_web_access: orNull(flag),
})

export const functionTool = (nameLimit: number): Rule =>
  record({
    name: must(name(nameLimit)),
    description: orNull(text()),
    parameters: orNull(openRecord()),
    strict: orNull(flag),
    output_schema: orNull(openRecord()),
    defer_loading: orNull(flag),
    allowed_callers: orNull(list(text())),
  })

const customTool = (nameLimit: number): Rule =>
  record({
    name: must(name(nameLimit)),
    description: orNull(text()),
    format: {
      is: 'tagged',
      by: 'type',
      of: {
        text: record({}),
        grammar: record({
          syntax: must(oneOf('lark', 'regex')),
          definition: must(text({ min: 1 })),
        }),
      },
    },
    defer_loading: orNull(flag),
    allowed_callers: orNull(list(text())),
  })

const mcp = record({
  server_label: must(text({ min: 1 })),
  server_url: text(),
  connector_id: text(),
  tunnel_id: text(),
  authorization: orNull(text()),
  server_description: orNull(text()),
  headers: orNull(openRecord()),
  allowed_tools: orNull(either(list(text()), openRecord())),
  require_approval: orNull(either(oneOf('always', 'never'), openRecord())),
  defer_loading: orNull(flag),
  allowed_callers: orNull(list(text())),
})

const imageGeneration = record({
  model: orNull(text()),
  quality: oneOf('low', 'medium', 'high', 'auto'),
  size: oneOf('1024x1024', '1024x1536', '1536x1024', 'auto'),
  output_format: oneOf('png', 'webp', 'jpeg'),
  output_compression: integer(0, 100),
  moderation: oneOf('auto', 'low'),
  background: oneOf('transparent', 'opaque', 'auto'),
  input_fidelity: orNull(oneOf('high', 'low')),
  input_image_mask: openRecord(),
  partial_images: integer(0, 3),
  action: oneOf('generate', 'edit', 'auto'),
})

export const toolRule = (nameLimit: number): Rule => {
  const inner = { function: functionTool(nameLimit), custom: customTool(nameLimit) }
  return {
    is: 'tagged',
    by: 'type',
    of: {
      ...inner,
      namespace: record({
        name: must(text({ min: 1, max: nameLimit })),
        description: must(text()),
        tools: must(list({ is: 'tagged', by: 'type', of: inner })),
      }),
      web_search: webSearch,
      web_search_2025_08_26: webSearch,
      web_search_preview: webSearch,
      web_search_preview_2025_03_11: webSearch,
      file_search: record({
        vector_store_ids: must(list(text(), { min: 1 })),
        max_num_results: integer(1, 50),
        ranking_options: orNull(
          record({ ranker: text(), score_threshold: decimal(0, 1), hybrid_search: anything }),
        ),
        filters: orNull(openRecord()),
      }),
      code_interpreter: record({
        container: must(either(text(), openRecord({ type: must(oneOf('auto')) }))),
        allowed_callers: orNull(list(text())),
      }),
      image_generation: imageGeneration,
      mcp,
      tool_search: record({
        execution: oneOf('server', 'client'),
        description: orNull(text()),
        parameters: orNull(openRecord()),
      }),
      local_shell: record({}),
      shell: record({ environment: orNull(openRecord()), allowed_callers: orNull(list(text())) }),
      apply_patch: record({ allowed_callers: orNull(list(text())) }),
      computer: record({}),
      computer_use_preview: record({
        environment: must(text()),
        display_width: must(integer(1)),
        display_height: must(integer(1)),
      }),
      programmatic_tool_calling: record({}),
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

export const choiceRule = (modes: readonly string[], modeRequired: boolean): Rule => {
  const mode = oneOf(...modes)
  return either(oneOf('none', 'auto', 'required'), {
    is: 'tagged',
    by: 'type',
    of: {
      function: record({ name: must(text({ min: 1 })) }),
      custom: record({ name: must(text({ min: 1 })) }),
      mcp: record({ server_label: must(text()), name: orNull(text()) }),
      allowed_tools: record({
        mode: modeRequired ? must(mode) : mode,
        tools: must(list(openRecord({ type: must(text()) }), { min: 1, max: 128 })),
      }),
      ...Object.fromEntries(Object.keys(HOSTED_CHOICES).map((type) => [type, record({})])),
    },
  })
}
