// Creates ids that look like OpenAI's: a prefix by type, then 50 hexadecimal digits.

import { randomBytes } from 'node:crypto'

const PREFIXES: Readonly<Record<string, string>> = {
  message: 'msg',
  reasoning: 'rs',
  function_call: 'fc',
  function_call_output: 'fco',
  custom_tool_call: 'ctc',
  custom_tool_call_output: 'ctco',
  web_search_call: 'ws',
  file_search_call: 'fs',
  code_interpreter_call: 'ci',
  image_generation_call: 'ig',
  mcp_list_tools: 'mcpl',
  mcp_call: 'mcp',
  mcp_approval_request: 'mcpr',
  mcp_approval_response: 'mcpa',
  local_shell_call: 'lsh',
  local_shell_call_output: 'lsho',
  shell_call: 'sh',
  shell_call_output: 'sho',
  apply_patch_call: 'apc',
  apply_patch_call_output: 'apco',
  tool_search_call: 'tsc',
  tool_search_output: 'tso',
  computer_call: 'cu',
  computer_call_output: 'cuo',
  compaction: 'cmp',
  additional_tools: 'at',
}

let pool = Buffer.alloc(0)

/** Bytes from a pool: asking the system for a few at a time is what costs. */
function draw(size: number): Buffer {
  if (pool.length < size) pool = randomBytes(8192)
  const drawn = pool.subarray(0, size)
  pool = pool.subarray(size)
  return drawn
}

export function newId(prefix: string): string {
  return `${prefix}_${draw(25).toString('hex')}`
}

export function newItemId(type: string): string {
  return newId(PREFIXES[type] ?? 'item')
}

/** `call_` and 24 letters and digits. */
export function newCallId(): string {
  return `call_${draw(24)
    .toString('base64')
    .replaceAll(/[^A-Za-z0-9]/g, '0')
    .slice(0, 24)}`
}
