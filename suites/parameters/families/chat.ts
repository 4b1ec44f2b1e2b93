import { defineCheck, defineFamily, defineScenario, holds, ignored } from '../../../src/define.ts'
import { told } from '../../../src/refusal.ts'
import type { Check, Json } from '../../../src/types.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { READY } from '../trials.ts'

const CHAT: Readonly<Record<string, Json>> = {
  messages: [{ role: 'user', content: 'Reply with the single word: steady.' }],
  max_tokens: 16,
  max_completion_tokens: 16,
  n: 2,
  stop: ['ready'],
  logprobs: true,
  functions: [{ name: 'look_up', parameters: { type: 'object', properties: {} } }],
}

export default defineFamily({
  id: 'parameters/chat',
  title: 'Parameters of Chat Completions are refused rather than ignored',
  covers: ['par-chat-parameters-rejected'],
  cases: ({ id }) => (id === 'openai' ? Object.entries(CHAT).map(refusedOrIgnored) : []),
})

function refusedOrIgnored([name, value]: readonly [string, Json]): Check {
  return defineCheck({
    id: `parameters/chat/${name}`,
    title: `${name}, which belongs to Chat Completions, is refused`,
    kind: 'wire',
    scenario: defineScenario<'ask'>({
      id: `parameters/chat-${name}`,
      title: `The parameter ${name} of Chat Completions`,
      hinges: [],
      tier: 'core',
      needs: ['expensive'],
      steps: {
        ask: { request: (kit) => kit.ask(READY, { [name]: value }), expect: 'either' },
      },
    }),
    covers: ['par-chat-parameters-rejected'],
    only: ['openai'],

    judge({ ask }) {
      if (ask.status >= 400 && ask.status < 500) return holds
      return ignored({
        step: 'ask',
        at: 'status',
        expected: `a 4xx status: there is no parameter ${name}`,
        actual: told(ask),
      })
    },

    mutant: {
      story: 'a gateway drops the parameters that it does not know',
      reply: answersAnyway,
    },
  })
}
