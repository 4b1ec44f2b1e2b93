import { mapEvents } from '../../../src/authoring/define.ts'
import { defineStreamRuleCheck, isType } from '../stream-rule-check.ts'
import { imageStreamScenario } from '../scenarios.ts'

export default defineStreamRuleCheck({
  id: 'streaming/counts-previews',
  title: 'Previews of a picture are counted from 0',
  rules: ['partial-images'],
  covers: ['stream-image-partial'],
  about: isType('response.image_generation_call.partial_image'),

  mutants: [
    {
      story: 'previews are counted from 1',
      on: imageStreamScenario,
      reply: (reply) =>
        mapEvents(reply, (event) =>
          'partial_image_index' in event ? { ...event, partial_image_index: 1 } : event,
        ),
    },
  ],
})
