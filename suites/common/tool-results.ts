// Asks for the code word that only the result of a call has.

import { ASK_WORD, wordFormatOf } from '../../src/authoring/code-word.ts'
import { buildStrictFunction } from '../../src/authoring/strict-schema.ts'
import type { JsonObject, RequestBuilder, WireRequest } from '../../src/types/index.ts'

/** A call that is written into the input, and what it brought. */
interface CallResult {
  readonly prompt: string
  readonly name: string
  readonly description: string
  readonly callId: string
  readonly output: JsonObject
}

/** A conversation in which a function was called, and brought one content part. */
export function askAboutResult(
  builder: RequestBuilder,
  { prompt, name, description, callId, output }: CallResult,
  more: JsonObject = {},
): WireRequest {
  return builder.create({
    ...more,
    input: [
      builder.message('user', `${prompt} ${ASK_WORD}`),
      { type: 'function_call', call_id: callId, name, arguments: '{}' },
      { type: 'function_call_output', call_id: callId, output: [output] },
    ],
    tools: [buildStrictFunction(name, description)],
    tool_choice: 'none',
    ...wordFormatOf(builder),
  })
}
