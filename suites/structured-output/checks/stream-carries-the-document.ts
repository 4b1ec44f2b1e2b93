import {
  defineCheck,
  mapQuestion,
  mapEvents,
  notShown,
  verdictOf,
} from '../../../src/authoring/define.ts'
import { events, eventType, field, parse, show } from '../../../src/authoring/read.ts'
import { messageTextOf } from '../../common/answers.ts'
import { judgeFit, isDocument } from '../document.ts'
import { streamedDocumentScenario } from '../scenarios.ts'
import { dropParameter } from '../../common/mutants.ts'

export default defineCheck({
  id: 'structured-output/stream-carries-the-document',
  title: 'The deltas of a stream join to a document that fits the schema',
  kind: 'forced',
  scenario: streamedDocumentScenario,
  covers: ['so-stream-equals-nonstream'],

  judge({ stream }) {
    const deltas = events(stream)
      .filter((event) => eventType(event) === 'response.output_text.delta')
      .map((event) => field(event.data, '/delta'))
      .filter((delta) => typeof delta === 'string')
    if (deltas.length === 0) return notShown('the stream has no text deltas')
    const joined = deltas.join('')
    const at = '/events, joined deltas'
    const value = parse(joined)
    if (value === undefined) {
      // The whole answer is none either: that has nothing to do with its being streamed.
      if (messageTextOf(stream) === joined) return isDocument('stream', stream)
      return verdictOf([{ step: 'stream', at, expected: 'a JSON document', actual: show(joined) }])
    }
    return judgeFit('stream', stream, value, at)
  },

  mutants: [
    {
      story: 'the streaming path of a gateway does not know text.format',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          event['type'] === 'response.output_text.delta'
            ? { ...event, delta: 'Certainly. ' }
            : event,
        ),
    },
    {
      story: 'a gateway drops text.format where it streams, and the model answers in prose',
      request: (request) => dropParameter(request, 'text'),
    },
    {
      story: 'a gateway asks its upstream for any JSON object, whatever the schema',
      request: (request) =>
        mapQuestion(request, (body) => ({ ...body, text: { format: { type: 'json_object' } } })),
    },
  ],
})
