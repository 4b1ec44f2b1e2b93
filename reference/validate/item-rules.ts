// Rules for input items, one for each type that OpenAI documents.

import type { Fields, FieldRule } from './rules.ts'
import {
  anythingRule,
  allowEither,
  flagRule,
  allowInteger,
  allowList,
  requireField,
  allowOneOf,
  allowOpenRecord,
  allowNull,
  allowRecord,
  allowText,
} from './rules.ts'
import { anyTextRule, assistantPartRule, allowToolOutput, userPartRule } from './part-rules.ts'
import { allowTool } from './tools.ts'

const status = allowNull(allowOneOf('in_progress', 'completed', 'incomplete'))
const id = allowNull(allowText())
const callId = allowText({ min: 1, max: 64 })
const phase = allowNull(allowOneOf('commentary', 'final_answer'))

const message = (part: FieldRule): FieldRule =>
  allowRecord({
    id,
    status,
    phase,
    role: requireField(allowText()),
    content: requireField(allowEither(anyTextRule, allowList(part))),
    internal_chat_message_metadata_passthrough: anythingRule,
  })

const byRole: FieldRule = {
  is: 'tagged',
  by: 'role',
  of: {
    user: withType(message(userPartRule)),
    system: withType(message(userPartRule)),
    developer: withType(message(userPartRule)),
    assistant: withType(message(assistantPartRule)),
  },
}

function withType(rule: FieldRule): FieldRule {
  return rule.is === 'object' ? { ...rule, fields: { ...rule.fields, type: anythingRule } } : rule
}

/** An item that the provider once produced itself: fields are checked for type where known. */
const replayed = (fields: Fields = {}): FieldRule => allowOpenRecord({ id, ...fields })

const summaryPart: FieldRule = {
  is: 'tagged',
  by: 'type',
  of: { summary_text: allowRecord({ text: requireField(allowText()) }) },
}
const reasoningPart: FieldRule = {
  is: 'tagged',
  by: 'type',
  of: { reasoning_text: allowRecord({ text: requireField(allowText()) }) },
}

const call = (nameLimit: number, said: Fields): FieldRule =>
  allowRecord({
    id,
    status,
    call_id: requireField(callId),
    name: requireField(allowText({ min: 1, max: nameLimit })),
    ...said,
    namespace: allowNull(allowText()),
    caller: anythingRule,
    async: allowNull(flagRule),
  })

export const allowItem = (nameLimit: number): FieldRule => ({
  is: 'tagged',
  by: 'type',
  fallback: (value) => ('role' in value ? 'message' : 'id' in value ? 'item_reference' : undefined),
  of: {
    message: byRole,
    item_reference: allowRecord({ id: requireField(allowText()), type: anythingRule }),
    function_call: call(nameLimit, { arguments: requireField(anyTextRule) }),
    function_call_output: allowRecord({
      id,
      status,
      call_id: requireField(callId),
      output: requireField(allowToolOutput(userPartRule)),
      name: allowNull(allowText()),
      namespace: allowNull(allowText()),
      caller: anythingRule,
    }),
    custom_tool_call: call(nameLimit, { input: requireField(anyTextRule) }),
    custom_tool_call_output: allowRecord({
      id,
      status,
      call_id: requireField(callId),
      output: requireField(allowToolOutput(userPartRule)),
      caller: anythingRule,
    }),
    reasoning: allowRecord({
      id,
      status,
      summary: requireField(allowList(summaryPart)),
      content: allowNull(allowList(reasoningPart)),
      encrypted_content: allowNull(allowText()),
    }),
    compaction: allowRecord({
      id,
      encrypted_content: requireField(allowText()),
      created_by: anythingRule,
    }),
    compaction_trigger: allowRecord({}),
    configuration_update: allowRecord({
      id,
      reasoning: anythingRule,
      text: anythingRule,
    }),
    additional_tools: allowRecord({
      id,
      role: requireField(allowOneOf('developer', 'system')),
      tools: requireField(allowList(allowTool(nameLimit))),
    }),
    tool_search_call: replayed({
      arguments: anythingRule,
      call_id: allowNull(allowText()),
      status,
    }),
    tool_search_output: replayed({
      tools: requireField(allowList(anythingRule)),
      call_id: allowNull(allowText()),
      status,
    }),
    web_search_call: replayed({ action: anythingRule }),
    file_search_call: replayed({ queries: allowList(allowText()) }),
    code_interpreter_call: replayed({ code: allowNull(allowText()), container_id: allowText() }),
    image_generation_call: replayed({ result: allowNull(allowText()) }),
    computer_call: replayed({ call_id: requireField(callId) }),
    computer_call_output: replayed({
      call_id: requireField(callId),
      output: requireField(anythingRule),
    }),
    local_shell_call: replayed({
      call_id: requireField(callId),
      action: requireField(allowOpenRecord()),
    }),
    local_shell_call_output: replayed({ output: requireField(allowText()) }),
    shell_call: replayed({
      call_id: requireField(callId),
      action: requireField(allowOpenRecord()),
    }),
    shell_call_output: replayed({
      call_id: requireField(callId),
      output: requireField(allowList(anythingRule)),
    }),
    apply_patch_call: replayed({
      call_id: requireField(callId),
      operation: requireField(allowOpenRecord()),
    }),
    apply_patch_call_output: replayed({
      call_id: requireField(callId),
      output: allowNull(allowText()),
    }),
    mcp_list_tools: replayed({
      server_label: requireField(allowText()),
      tools: requireField(allowList(anythingRule)),
    }),
    mcp_call: replayed({
      name: requireField(allowText()),
      arguments: requireField(allowText()),
      output: allowNull(allowText()),
    }),
    mcp_approval_request: replayed({
      name: requireField(allowText()),
      arguments: requireField(allowText()),
    }),
    mcp_approval_response: replayed({
      approval_request_id: requireField(allowText()),
      approve: requireField(flagRule),
      reason: allowNull(allowText()),
    }),
    program: replayed({ call_id: requireField(callId), code: requireField(allowText()) }),
    program_output: replayed({ call_id: requireField(callId), result: requireField(anythingRule) }),
  },
})

/** Limits of `GET …/input_items` and its relatives. */
export const pageLimitRule = allowInteger(1, 100)
