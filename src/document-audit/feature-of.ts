// The feature that an API path belongs to.

import type { Feature } from '../types/index.ts'

const RULES: readonly (readonly [RegExp, Feature])[] = [
  [/^stream |^request \/stream/, 'streaming'],
  [/^auth /, 'auth'],
  [/^error /, 'errors'],
  [/^operation compact/, 'compaction'],
  [/conversation/, 'stateful'],
  [/^operation (retrieve|delete|cancel|input-items|input-tokens)/, 'lifecycle'],
  [/^request \/background|^operation background/, 'lifecycle'],
  [/image_generation|(web|file)_search|code_interpreter|computer|mcp|shell/, 'hosted-tools'],
  [/input_image|image_url|\/detail\b/, 'image'],
  [/input_file|file_(url|id|data)|filename/, 'file'],
  [/^\w+ \/(text|response_format)\b|json_(schema|object)/, 'structured-output'],
  [/\/tools\b|\/tool_choice\b|tool_calls\b|function_call/, 'tool'],
  [/reasoning/, 'reasoning'],
  [/\/usage\b/, 'usage'],
  [/previous_response_id|\/store\b|stateful/, 'stateful'],
  [/context_management|compaction/, 'compaction'],
  [/^request \/(input|messages|instructions)\b/, 'message-style'],
  [/^request \/(?!model\b)/, 'parameters'],
]

export function featureOfApiPath(apiPath: string): Feature {
  return RULES.find(([pattern]) => pattern.test(apiPath))?.[1] ?? 'basic'
}
