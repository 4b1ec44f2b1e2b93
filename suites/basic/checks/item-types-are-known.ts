import { defineCheck } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, readItemsAt, judgeAnswer } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { textScenario } from '../scenarios.ts'

// The item types of both yardsticks: a type that one of them knows needs no prefix for the other,
// since a client has to live with either.
const KNOWN: readonly string[] = [
  'message',
  'function_call',
  'function_call_output',
  'reasoning',
  'compaction',
  'compaction_summary',
  'file_search_call',
  'web_search_call',
  'computer_call',
  'computer_call_output',
  'program',
  'program_output',
  'tool_search_call',
  'tool_search_output',
  'additional_tools',
  'image_generation_call',
  'code_interpreter_call',
  'local_shell_call',
  'local_shell_call_output',
  'shell_call',
  'shell_call_output',
  'apply_patch_call',
  'apply_patch_call_output',
  'mcp_call',
  'mcp_list_tools',
  'mcp_approval_request',
  'mcp_approval_response',
  'custom_tool_call',
  'custom_tool_call_output',
]
const EXTENSION = /^[a-z0-9_-]+:[a-z0-9_.-]+$/

export default defineCheck({
  id: 'basic/item-types-are-known',
  title: 'Item types are published ones, or extensions in the form slug:name',
  kind: 'wire',
  scenario: 'every',
  covers: ['basic-known-item-types', 'misc-extension-tool-prefix'],
  only: ['openai', 'open-responses'],
  documents: true,
  owns: ['/output/*/type'],

  judge({ exchange }: EveryExchange) {
    return judgeAnswer(exchange, (reply) =>
      readItemsAt(reply.exchange)
        .filter(({ value: { type } }) => typeof type !== 'string' || !isKnown(type))
        .map(({ value, at }) =>
          createFinding(`${at}/type`, 'a published item type, or slug:name', show(value['type'])),
        ),
    )
  },

  mutants: [
    {
      story: 'a gateway invents an item type for the thoughts of one of its upstreams',
      on: textScenario,
      reply: (reply) => mapItems(reply, 'message', (item) => ({ ...item, type: 'thinking' })),
    },
  ],
})

function isKnown(type: string): boolean {
  return KNOWN.includes(type) || EXTENSION.test(type)
}
