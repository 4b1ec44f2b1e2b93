import { mapEvents } from '../../../src/authoring/define.ts'
import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { callStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/keeps-item-ids',
  title: 'An item keeps one id, which is never its call_id',
  rules: ['item-id'],
  covers: ['stream-item-id-stable'],
  about: isType('response.output_item.added'),

  mutant: {
    story: 'deltas name the call by the id of the upstream',
    on: callStreamScenario,
    reply: (reply) =>
      mapEvents(reply, (event) =>
        String(event['type']).includes('arguments')
          ? { ...event, item_id: 'call_upstream' }
          : event,
      ),
  },
})
