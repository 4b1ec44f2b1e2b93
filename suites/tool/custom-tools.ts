// Tools that take free text.

import { defineScenario } from '../../src/authoring/define.ts'
import { items } from '../../src/authoring/read.ts'
import { ASK_WORD, plantWord, variantOf, wordFormatOf } from '../../src/authoring/code-word.ts'
import type { JsonObject } from '../../src/types/index.ts'

const NOTE: JsonObject = { type: 'custom', name: 'note', description: 'Takes any text.' }

/** What a call of a custom tool says in strings. */
export const CUSTOM_CALL_KEYS = ['call_id', 'name', 'input'] as const

export const customCallScenario = defineScenario<'call' | 'answer'>({
  id: 'tool/custom',
  title: 'A custom tool is called with free text, and its result is used',
  apiPaths: ['request /tools/*/type = custom'],
  tier: 'feature',
  steps: {
    call: {
      request: (builder) =>
        builder.createRequest('Call note.', {
          tools: [NOTE],
          tool_choice: { type: 'custom', name: 'note' },
        }),
      expect: 'success',
    },
    answer: {
      request: (builder) => {
        const prior = items(builder.prior('call'))
        const call = prior.find(({ type }) => type === 'custom_tool_call') ?? {}
        // A call that is missing or not whole cannot be sent back: the check says so from the first answer.
        const isWhole = CUSTOM_CALL_KEYS.every((key) => typeof call[key] === 'string')
        const result: JsonObject = {
          type: 'custom_tool_call_output',
          call_id: call['call_id'] ?? null,
          output: plantWord(variantOf(builder.nonce, 1)),
        }
        return builder.create({
          input: [
            builder.message('user', 'Call note.'),
            ...(isWhole ? [...prior, result] : []),
            builder.message('user', ASK_WORD),
          ],
          tools: [NOTE],
          tool_choice: 'none',
          ...wordFormatOf(builder, variantOf(builder.nonce, 1)),
        })
      },
      expect: 'success',
    },
  },
})

export const GRAMMAR = '^[A-F]{4}-[0-9]{2}$'

export const grammarScenario = defineScenario({
  id: 'tool/grammar',
  title: 'A custom tool whose input has to match a regular expression',
  apiPaths: ['request /tools/*/format/type = grammar'],
  tier: 'feature',
  needs: ['expensive'],
  steps: {
    ask: {
      request: (builder) =>
        builder.createRequest('Call note.', {
          tools: [{ ...NOTE, format: { type: 'grammar', syntax: 'regex', definition: GRAMMAR } }],
          tool_choice: { type: 'custom', name: 'note' },
        }),
      expect: 'success',
    },
  },
})
