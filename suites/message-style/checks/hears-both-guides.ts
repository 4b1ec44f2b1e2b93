import { defineCheck, mapBody, without } from '../../../src/define.ts'
import { planted, recalls } from '../../common/recall.ts'
import { bothGuides } from '../scenarios.ts'

export default defineCheck({
  id: 'message-style/hears-both-guides',
  title: 'Instructions and a system message reach the model side by side',
  kind: 'behavioural',
  scenario: bothGuides,
  covers: ['msg-instructions-with-system-message'],

  judge({ ask }) {
    const first = recalls('ask', ask, planted(ask, '/instructions', 'first word'), 'first')
    if (first.kind !== 'holds') return first
    return recalls('ask', ask, planted(ask, '/input/0/content', 'second word'), 'second')
  },

  mutant: {
    story: 'an adapter writes both into one field, and the system message wins',
    request: (request) => mapBody(request, (body) => without(body, 'instructions')),
  },
})
