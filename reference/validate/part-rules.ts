// Rules for content parts, by the role of their message.

import type { FieldRule } from './rules.ts'
import {
  anythingRule,
  allowInteger,
  allowList,
  requireField,
  allowOneOf,
  allowNull,
  allowRecord,
  allowText,
} from './rules.ts'

const breakpoint = allowNull(allowRecord({ mode: requireField(allowOneOf('explicit')) }))
const TEXT_LIMIT = 10_485_760

const inputText = allowRecord({
  text: requireField(allowText({ max: TEXT_LIMIT })),
  prompt_cache_breakpoint: breakpoint,
})

const inputImage = allowRecord({
  image_url: allowNull(allowText({ max: 20_971_520 })),
  file_id: allowNull(allowText()),
  detail: allowNull(allowOneOf('low', 'high', 'auto', 'original')),
  prompt_cache_breakpoint: breakpoint,
})

const inputFile = allowRecord({
  file_id: allowNull(allowText()),
  filename: allowNull(allowText()),
  file_data: allowNull(allowText({ max: 73_400_320 })),
  file_url: allowNull(allowText()),
  detail: allowOneOf('auto', 'low', 'high'),
  prompt_cache_breakpoint: breakpoint,
})

const annotation: FieldRule = {
  is: 'tagged',
  by: 'type',
  of: {
    url_citation: allowRecord({
      url: requireField(allowText()),
      title: requireField(allowText()),
      start_index: requireField(allowInteger(0)),
      end_index: requireField(allowInteger(0)),
    }),
    file_citation: allowRecord({
      file_id: requireField(allowText()),
      index: requireField(allowInteger(0)),
      filename: allowText(),
    }),
    container_file_citation: allowRecord({
      container_id: requireField(allowText()),
      file_id: requireField(allowText()),
      start_index: requireField(allowInteger(0)),
      end_index: requireField(allowInteger(0)),
      filename: allowText(),
    }),
    file_path: allowRecord({
      file_id: requireField(allowText()),
      index: requireField(allowInteger(0)),
    }),
  },
}

const outputText = allowRecord({
  text: requireField(allowText()),
  annotations: allowNull(allowList(annotation)),
  logprobs: allowNull(allowList(anythingRule)),
})
const refusal = allowRecord({ refusal: requireField(allowText()) })

const tagged = (of: Readonly<Record<string, FieldRule>>): FieldRule => ({
  is: 'tagged',
  by: 'type',
  of,
})

export const userPartRule = tagged({
  input_text: inputText,
  input_image: inputImage,
  input_file: inputFile,
})
export const assistantPartRule = tagged({ output_text: outputText, refusal })
export const allowToolOutput = (of: FieldRule): FieldRule => ({
  is: 'either',
  of: [allowText({ max: TEXT_LIMIT }), allowList(of)],
})
export const anyTextRule = allowText({ max: TEXT_LIMIT })
