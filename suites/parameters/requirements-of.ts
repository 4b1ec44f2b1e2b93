// Which requirements speak about a parameter.

import type { RequirementId } from '../../src/types/index.ts'

const REQUIREMENTS: Readonly<Record<string, readonly RequirementId[]>> = {
  '/instructions': ['basic-instructions-null-default'],
  '/temperature': ['par-temperature'],
  '/top_p': ['par-top-p'],
  '/frequency_penalty': ['par-penalties-open-responses'],
  '/presence_penalty': ['par-penalties-open-responses'],
  '/max_output_tokens': ['par-max-output-tokens'],
  '/metadata': ['par-metadata'],
  '/parallel_tool_calls': ['par-parallel-tool-calls-echo'],
  '/truncation': ['par-truncation-echo'],
  '/store': ['par-store-type'],
  '/include': ['par-include-values'],
  '/top_logprobs': ['par-top-logprobs'],
  '/text/verbosity': ['par-text-verbosity'],
  '/text/format/type': ['so-format-default-text'],
  '/service_tier': ['par-service-tier'],
  '/safety_identifier': ['par-safety-identifier'],
  '/prompt_cache_key': ['par-prompt-cache-key'],
  '/prompt_cache_retention': ['par-hints'],
  '/user': ['par-user-deprecated'],
  '/background': ['par-background-echo'],
  '/max_tool_calls': ['par-max-tool-calls-echo', 'tool-max-tool-calls'],
  '/tools': ['basic-tools-default'],
  '/tool_choice': ['basic-tools-default'],
}

/** All requirements that the families about parameters may cover. */
export const PARAMETER_REQUIREMENTS: readonly RequirementId[] = [
  ...new Set(Object.values(REQUIREMENTS).flat()),
]

export function requirementsOf(at: string): readonly RequirementId[] {
  return REQUIREMENTS[at] ?? []
}
