import { defineCheck, mapEvents, verdictOf } from '../../../src/authoring/define.ts'
import { events, eventType, field, show } from '../../../src/authoring/read.ts'
import type { Exchange, Finding } from '../../../src/types/index.ts'
import { ignoreQuery } from '../../common/mutants.ts'
import { interruptedRunScenario, EVENTS_READ } from '../background.ts'

export default defineCheck({
  id: 'lifecycle/resumes-a-stream',
  title: 'starting_after resumes a stream with exactly the events after it',
  kind: 'wire',
  scenario: interruptedRunScenario,
  covers: ['bg-stream-resume'],

  judge({ replay, resume }) {
    const wanted = numbered(replay).filter(([number]) => number > EVENTS_READ)
    const found = numbered(resume)
    const violation = wanted.findIndex(
      (event, index) => event.join(' ') !== found[index]?.join(' '),
    )
    const findings: Finding[] = []
    if (violation >= 0) {
      const expected = `event ${wanted[violation]!.join(' ')}, as in the full stream`
      const actual = found[violation]?.join(' ') ?? 'the end of the stream'
      findings.push({ step: 'resume', at: `/events/${violation}`, expected, actual })
    } else if (found.length > wanted.length) {
      const actual = found[wanted.length]!.join(' ')
      const at = `/events/${wanted.length}`
      findings.push({ step: 'resume', at, expected: 'the end of the stream', actual })
    }
    return verdictOf(findings)
  },

  mutants: [
    {
      story: 'starting_after is ignored, and the whole stream comes again',
      request: (request) => ignoreQuery(request, 'starting_after'),
    },
    {
      story: 'a resumed stream tells its end twice',
      reply: (reply, { query }) =>
        query.has('starting_after')
          ? mapEvents(reply, (event) =>
              event['type'] === 'response.completed' ? [event, event] : event,
            )
          : reply,
    },
  ],
})

function numbered(exchange: Exchange): readonly (readonly [number, string])[] {
  return events(exchange).map((event) => [
    Number(field(event.data, '/sequence_number') ?? -1),
    eventType(event) ?? show(event.data),
  ])
}
