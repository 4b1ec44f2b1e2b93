// Rules for input items, one for each type that OpenAI documents.

import { allow, type Fields, type FieldRule } from './rules.ts'
import { anyTextRule, assistantPartRule, allowToolOutput, userPartRule } from './part-rules.ts'
import { allowTool } from './tools.ts'

const status = allow.null(allow.oneOf('in_progress', 'completed', 'incomplete'))
const id = allow.null(allow.text())
const callId = allow.text({ min: 1, max: 64 })
const phase = allow.null(allow.oneOf('commentary', 'final_answer'))

const message = (part: FieldRule): FieldRule =>
  allow.record({
    id,
    status,
    phase,
    role: allow.required(allow.text()),
    content: allow.required(allow.either(anyTextRule, allow.list(part))),
    internal_chat_message_metadata_passthrough: allow.anything,
  })

const byRole: FieldRule = allow.tagged('role', {
  user: withType(message(userPartRule)),
  system: withType(message(userPartRule)),
  developer: withType(message(userPartRule)),
  assistant: withType(message(assistantPartRule)),
})

function withType(rule: FieldRule): FieldRule {
  return rule.is === 'object' ? { ...rule, fields: { ...rule.fields, type: allow.anything } } : rule
}

/** An item that the provider once produced itself: fields are checked for type where known. */
const replayed = (fields: Fields = {}): FieldRule => allow.openRecord({ id, ...fields })

const summaryPart: FieldRule = allow.tagged('type', {
  summary_text: allow.record({ text: allow.required(allow.text()) }),
})
const reasoningPart: FieldRule = allow.tagged('type', {
  reasoning_text: allow.record({ text: allow.required(allow.text()) }),
})

const call = (nameLimit: number, said: Fields): FieldRule =>
  allow.record({
    id,
    status,
    call_id: allow.required(callId),
    name: allow.required(allow.text({ min: 1, max: nameLimit })),
    ...said,
    namespace: allow.null(allow.text()),
    caller: allow.anything,
    async: allow.null(allow.flag),
  })

const callOutput = (more: Fields = {}): FieldRule =>
  allow.record({
    id,
    status,
    call_id: allow.required(callId),
    output: allow.required(allowToolOutput(userPartRule)),
    ...more,
    caller: allow.anything,
  })

export const allowItem = (nameLimit: number): FieldRule => ({
  is: 'tagged',
  by: 'type',
  fallback: (value) => ('role' in value ? 'message' : 'id' in value ? 'item_reference' : undefined),
  of: {
    message: byRole,
    item_reference: allow.record({ id: allow.required(allow.text()), type: allow.anything }),
    function_call: call(nameLimit, { arguments: allow.required(anyTextRule) }),
    function_call_output: callOutput({
      name: allow.null(allow.text()),
      namespace: allow.null(allow.text()),
    }),
    custom_tool_call: call(nameLimit, { input: allow.required(anyTextRule) }),
    custom_tool_call_output: callOutput(),
    reasoning: allow.record({
      id,
      status,
      summary: allow.required(allow.list(summaryPart)),
      content: allow.null(allow.list(reasoningPart)),
      encrypted_content: allow.null(allow.text()),
    }),
    compaction: allow.record({
      id,
      encrypted_content: allow.required(allow.text()),
      created_by: allow.anything,
    }),
    compaction_trigger: allow.record({}),
    configuration_update: allow.record({
      id,
      reasoning: allow.anything,
      text: allow.anything,
    }),
    additional_tools: allow.record({
      id,
      role: allow.required(allow.oneOf('developer', 'system')),
      tools: allow.required(allow.list(allowTool(nameLimit))),
    }),
    tool_search_call: replayed({
      arguments: allow.anything,
      call_id: allow.null(allow.text()),
      status,
    }),
    tool_search_output: replayed({
      tools: allow.required(allow.list(allow.anything)),
      call_id: allow.null(allow.text()),
      status,
    }),
    web_search_call: replayed({ action: allow.anything }),
    file_search_call: replayed({ queries: allow.list(allow.text()) }),
    code_interpreter_call: replayed({ code: allow.null(allow.text()), container_id: allow.text() }),
    image_generation_call: replayed({ result: allow.null(allow.text()) }),
    computer_call: replayed({ call_id: allow.required(callId) }),
    computer_call_output: replayed({
      call_id: allow.required(callId),
      output: allow.required(allow.anything),
    }),
    local_shell_call: replayed({
      call_id: allow.required(callId),
      action: allow.required(allow.openRecord()),
    }),
    local_shell_call_output: replayed({ output: allow.required(allow.text()) }),
    shell_call: replayed({
      call_id: allow.required(callId),
      action: allow.required(allow.openRecord()),
    }),
    shell_call_output: replayed({
      call_id: allow.required(callId),
      output: allow.required(allow.list(allow.anything)),
    }),
    apply_patch_call: replayed({
      call_id: allow.required(callId),
      operation: allow.required(allow.openRecord()),
    }),
    apply_patch_call_output: replayed({
      call_id: allow.required(callId),
      output: allow.null(allow.text()),
    }),
    mcp_list_tools: replayed({
      server_label: allow.required(allow.text()),
      tools: allow.required(allow.list(allow.anything)),
    }),
    mcp_call: replayed({
      name: allow.required(allow.text()),
      arguments: allow.required(allow.text()),
      output: allow.null(allow.text()),
    }),
    mcp_approval_request: replayed({
      name: allow.required(allow.text()),
      arguments: allow.required(allow.text()),
    }),
    mcp_approval_response: replayed({
      approval_request_id: allow.required(allow.text()),
      approve: allow.required(allow.flag),
      reason: allow.null(allow.text()),
    }),
    program: replayed({ call_id: allow.required(callId), code: allow.required(allow.text()) }),
    program_output: replayed({
      call_id: allow.required(callId),
      result: allow.required(allow.anything),
    }),
  },
})

/** Limits of `GET …/input_items` and its relatives. */
export const pageLimitRule = allow.integer(1, 100)
