// Content parts, by who may say them.

import type { Rule } from './rules.ts'
import { anything, integer, list, must, oneOf, orNull, record, text } from './rules.ts'

const breakpoint = orNull(record({ mode: must(oneOf('explicit')) }))
const TEXT_LIMIT = 10_485_760

const inputText = record({
  text: must(text({ max: TEXT_LIMIT })),
  prompt_cache_breakpoint: breakpoint,
})

const inputImage = record({
  image_url: orNull(text({ max: 20_971_520 })),
  file_id: orNull(text()),
  detail: orNull(oneOf('low', 'high', 'auto', 'original')),
  prompt_cache_breakpoint: breakpoint,
})

const inputFile = record({
  file_id: orNull(text()),
  filename: orNull(text()),
  file_data: orNull(text({ max: 73_400_320 })),
  file_url: orNull(text()),
  detail: oneOf('auto', 'low', 'high'),
  prompt_cache_breakpoint: breakpoint,
})

const annotation: Rule = {
  is: 'tagged',
  by: 'type',
  of: {
    url_citation: record({
      url: must(text()),
      title: must(text()),
      start_index: must(integer(0)),
      end_index: must(integer(0)),
    }),
    file_citation: record({
      file_id: must(text()),
      index: must(integer(0)),
      filename: text(),
    }),
    container_file_citation: record({
      container_id: must(text()),
      file_id: must(text()),
      start_index: must(integer(0)),
      end_index: must(integer(0)),
      filename: text(),
    }),
    file_path: record({ file_id: must(text()), index: must(integer(0)) }),
  },
}

const outputText = record({
  text: must(text()),
  annotations: orNull(list(annotation)),
  logprobs: orNull(list(anything)),
})
const refusal = record({ refusal: must(text()) })

const tagged = (of: Readonly<Record<string, Rule>>): Rule => ({ is: 'tagged', by: 'type', of })

export const userPart = tagged({
  input_text: inputText,
  input_image: inputImage,
  input_file: inputFile,
})
export const assistantPart = tagged({ output_text: outputText, refusal })
export const toolOutput = (of: Rule): Rule => ({
  is: 'either',
  of: [text({ max: TEXT_LIMIT }), list(of)],
})
export const anyText = text({ max: TEXT_LIMIT })
