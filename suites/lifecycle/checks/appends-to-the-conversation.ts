import { defineCheck, holds, mapJson, violated } from '../../../src/authoring/define.ts'
import { field, show } from '../../../src/authoring/read.ts'
import type { Json } from '../../../src/types/index.ts'
import { conversationScenario } from '../conversation.ts'
import { entriesOf } from '../listing.ts'

export default defineCheck({
  id: 'lifecycle/appends-to-the-conversation',
  title: 'Input and output of a response are appended to its conversation, in order',
  kind: 'wire',
  scenario: conversationScenario,
  covers: ['conv-auto-append'],

  judge({ listed }) {
    const roles = entriesOf(listed)
      .filter((item) => field(item, '/type') === 'message')
      .map((item) => field(item, '/role'))
    if (roles.join() === 'user,user,assistant') return holds
    return violated({
      step: 'listed',
      at: '/data',
      expected: 'the first message, the question and the answer: user, user, assistant',
      actual: show(roles.map((role) => role ?? null)),
    })
  },

  mutants: [
    {
      story: 'a server appends what was asked and forgets what was answered',
      reply: (reply, { path }) =>
        path.endsWith('/items')
          ? mapJson(reply, (body) => ({
              ...body,
              data: ((body['data'] ?? []) as readonly Json[]).filter(
                (item) => field(item, '/role') !== 'assistant',
              ),
            }))
          : reply,
    },
  ],
})
