import { defineCheck, holds, violated } from '../../../src/authoring/define.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import type { Mutation } from '../../../src/types/index.ts'
import { hangUpsScenario } from '../endurance.ts'

export default defineCheck({
  id: 'transport/answers-after-hang-ups',
  title: 'After twenty clients that hung up the next one is answered',
  kind: 'wire',
  scenario: hangUpsScenario,
  covers: ['stream-client-abort'],

  judge: ({ next }) =>
    next!.status < 300
      ? holds
      : violated({
          step: 'next',
          at: 'status',
          expected: 'a 2xx status',
          actual: quoteReply(next!),
        }),

  mutants: [
    {
      story: 'a gateway goes on with what nobody reads, until it has no place for anything else',
      ...busyAfter(20),
    },
  ],
})

/** Streams that nobody has read to their end keep their place; each mutant counts its own. */
function busyAfter(most: number): Pick<Mutation, 'reply'> {
  let streams = 0
  return {
    reply: (reply, { text }) => {
      const isStreamed = text.includes('"stream":true')
      if (isStreamed) streams += 1
      const error = { message: 'No place is free.', type: 'server_error', param: null, code: null }
      return streams >= most && !isStreamed
        ? { status: 500, headers: {}, body: { json: { error } } }
        : reply
    },
  }
}
