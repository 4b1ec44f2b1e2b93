import { mapEvents } from '../../../src/authoring/define.ts'
import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { callStreamScenario, textStreamScenario } from '../scenarios.ts'
import { mapItems } from '../../common/mutants.ts'

export default defineStreamRuleCheck({
  id: 'streaming/keeps-item-ids',
  title: 'An item keeps one id, which is never its call_id',
  rules: ['item-id'],
  covers: ['stream-item-id-stable'],
  about: isType('response.output_item.added'),

  mutants: [
    {
      story: 'deltas name the call by the id of the upstream',
      on: callStreamScenario,
      reply: (reply) =>
        mapEvents(reply, (event) =>
          String(event['type']).includes('arguments')
            ? { ...event, item_id: 'call_upstream' }
            : event,
        ),
    },
    {
      story: 'the items of the final response get ids of their own',
      on: textStreamScenario,
      reply: (reply) => mapItems(reply, 'message', (item) => ({ ...item, id: 'msg_final' })),
    },
  ],
})
