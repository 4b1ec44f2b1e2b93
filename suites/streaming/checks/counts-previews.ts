import { mapEvents } from '../../../src/authoring/define.ts'
import { lawCheck, isType } from '../stream-rule-check.ts'
import { image } from '../scenarios.ts'

export default lawCheck({
  id: 'streaming/counts-previews',
  title: 'Previews of a picture are counted from 0',
  laws: ['partial-images'],
  covers: ['stream-image-partial'],
  about: isType('response.image_generation_call.partial_image'),

  mutants: [
    {
      story: 'previews are counted from 1',
      on: image,
      reply: (reply) =>
        mapEvents(reply, (event) =>
          'partial_image_index' in event ? { ...event, partial_image_index: 1 } : event,
        ),
    },
  ],
})
