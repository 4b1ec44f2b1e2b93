// Input items, one rule for each type that OpenAI documents.

import type { Fields, Rule } from './rules.ts'
import {
  anything,
  either,
  flag,
  integer,
  list,
  must,
  oneOf,
  openRecord,
  orNull,
  record,
  text,
} from './rules.ts'
import { anyText, assistantPart, toolOutput, userPart } from './parts.ts'
import { toolRule } from './tools.ts'

const status = orNull(oneOf('in_progress', 'completed', 'incomplete'))
const id = orNull(text())
const callId = text({ min: 1, max: 64 })
const phase = orNull(oneOf('commentary', 'final_answer'))

const message = (part: Rule): Rule =>
  record({
    id,
    status,
    phase,
    role: must(text()),
    content: must(either(anyText, list(part))),
    internal_chat_message_metadata_passthrough: anything,
  })

const byRole: Rule = {
  is: 'tagged',
  by: 'role',
  of: {
    user: withType(message(userPart)),
    system: withType(message(userPart)),
    developer: withType(message(userPart)),
    assistant: withType(message(assistantPart)),
  },
}

function withType(rule: Rule): Rule {
  return rule.is === 'object' ? { ...rule, fields: { ...rule.fields, type: anything } } : rule
}

/** An item that the provider once produced itself: fields are checked for type where known. */
const replayed = (fields: Fields = {}): Rule => openRecord({ id, ...fields })

const summaryPart: Rule = {
  is: 'tagged',
  by: 'type',
  of: { summary_text: record({ text: must(text()) }) },
}
const reasoningPart: Rule = {
  is: 'tagged',
  by: 'type',
  of: { reasoning_text: record({ text: must(text()) }) },
}

const call = (nameLimit: number, said: Fields): Rule =>
  record({
    id,
    status,
    call_id: must(callId),
    name: must(text({ min: 1, max: nameLimit })),
    ...said,
    namespace: orNull(text()),
    caller: anything,
    async: orNull(flag),
  })

export const itemRule = (nameLimit: number): Rule => ({
  is: 'tagged',
  by: 'type',
  fallback: (value) => ('role' in value ? 'message' : 'id' in value ? 'item_reference' : undefined),
  of: {
    message: byRole,
    item_reference: record({ id: must(text()), type: anything }),
    function_call: call(nameLimit, { arguments: must(anyText) }),
    function_call_output: record({
      id,
      status,
      call_id: must(callId),
      output: must(toolOutput(userPart)),
      name: orNull(text()),
      namespace: orNull(text()),
      caller: anything,
    }),
    custom_tool_call: call(nameLimit, { input: must(anyText) }),
    custom_tool_call_output: record({
      id,
      status,
      call_id: must(callId),
      output: must(toolOutput(userPart)),
      caller: anything,
    }),
    reasoning: record({
      id,
      status,
      summary: must(list(summaryPart)),
      content: orNull(list(reasoningPart)),
      encrypted_content: orNull(text()),
    }),
    compaction: record({ id, encrypted_content: must(text()), created_by: anything }),
    compaction_trigger: record({}),
    configuration_update: record({
      id,
      reasoning: anything,
      text: anything,
    }),
    additional_tools: record({
      id,
      role: must(oneOf('developer', 'system')),
      tools: must(list(toolRule(nameLimit))),
    }),
    tool_search_call: replayed({ arguments: anything, call_id: orNull(text()), status }),
    tool_search_output: replayed({ tools: must(list(anything)), call_id: orNull(text()), status }),
    web_search_call: replayed({ action: anything }),
    file_search_call: replayed({ queries: list(text()) }),
    code_interpreter_call: replayed({ code: orNull(text()), container_id: text() }),
    image_generation_call: replayed({ result: orNull(text()) }),
    computer_call: replayed({ call_id: must(callId) }),
    computer_call_output: replayed({ call_id: must(callId), output: must(anything) }),
    local_shell_call: replayed({ call_id: must(callId), action: must(openRecord()) }),
    local_shell_call_output: replayed({ output: must(text()) }),
    shell_call: replayed({ call_id: must(callId), action: must(openRecord()) }),
    shell_call_output: replayed({ call_id: must(callId), output: must(list(anything)) }),
    apply_patch_call: replayed({ call_id: must(callId), operation: must(openRecord()) }),
    apply_patch_call_output: replayed({ call_id: must(callId), output: orNull(text()) }),
    mcp_list_tools: replayed({ server_label: must(text()), tools: must(list(anything)) }),
    mcp_call: replayed({ name: must(text()), arguments: must(text()), output: orNull(text()) }),
    mcp_approval_request: replayed({ name: must(text()), arguments: must(text()) }),
    mcp_approval_response: replayed({
      approval_request_id: must(text()),
      approve: must(flag),
      reason: orNull(text()),
    }),
    program: replayed({ call_id: must(callId), code: must(text()) }),
    program_output: replayed({ call_id: must(callId), result: must(anything) }),
  },
})

/** Limits of `GET …/input_items` and its relatives. */
export const pageLimit = integer(1, 100)
