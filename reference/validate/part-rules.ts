// Rules for content parts, by the role of their message.

import { allow, type FieldRule } from './rules.ts'

const breakpoint = allow.null(allow.record({ mode: allow.required(allow.oneOf('explicit')) }))
const TEXT_LIMIT = 10_485_760

const inputText = allow.record({
  text: allow.required(allow.text({ max: TEXT_LIMIT })),
  prompt_cache_breakpoint: breakpoint,
})

const inputImage = allow.record({
  image_url: allow.null(allow.text({ max: 20_971_520 })),
  file_id: allow.null(allow.text()),
  detail: allow.null(allow.oneOf('low', 'high', 'auto', 'original')),
  prompt_cache_breakpoint: breakpoint,
})

const inputFile = allow.record({
  file_id: allow.null(allow.text()),
  filename: allow.null(allow.text()),
  file_data: allow.null(allow.text({ max: 73_400_320 })),
  file_url: allow.null(allow.text()),
  detail: allow.oneOf('auto', 'low', 'high'),
  prompt_cache_breakpoint: breakpoint,
})

const annotation: FieldRule = allow.tagged('type', {
  url_citation: allow.record({
    url: allow.required(allow.text()),
    title: allow.required(allow.text()),
    start_index: allow.required(allow.integer(0)),
    end_index: allow.required(allow.integer(0)),
  }),
  file_citation: allow.record({
    file_id: allow.required(allow.text()),
    index: allow.required(allow.integer(0)),
    filename: allow.text(),
  }),
  container_file_citation: allow.record({
    container_id: allow.required(allow.text()),
    file_id: allow.required(allow.text()),
    start_index: allow.required(allow.integer(0)),
    end_index: allow.required(allow.integer(0)),
    filename: allow.text(),
  }),
  file_path: allow.record({
    file_id: allow.required(allow.text()),
    index: allow.required(allow.integer(0)),
  }),
})

const outputText = allow.record({
  text: allow.required(allow.text()),
  annotations: allow.null(allow.list(annotation)),
  logprobs: allow.null(allow.list(allow.anything)),
})
const refusal = allow.record({ refusal: allow.required(allow.text()) })

export const userPartRule = allow.tagged('type', {
  input_text: inputText,
  input_image: inputImage,
  input_file: inputFile,
})
export const assistantPartRule = allow.tagged('type', { output_text: outputText, refusal })
export const allowToolOutput = (of: FieldRule): FieldRule =>
  allow.either(allow.text({ max: TEXT_LIMIT }), allow.list(of))
export const anyTextRule = allow.text({ max: TEXT_LIMIT })
