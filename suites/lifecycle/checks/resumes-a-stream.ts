import { defineCheck, verdictOf } from '../../../src/authoring/define.ts'
import { events, eventType, field, show } from '../../../src/authoring/read.ts'
import type { Exchange, Finding } from '../../../src/types/index.ts'
import { interrupted, READ } from '../background.ts'

export default defineCheck({
  id: 'lifecycle/resumes-a-stream',
  title: 'starting_after resumes a stream with exactly the events after it',
  kind: 'wire',
  scenario: interrupted,
  covers: ['bg-stream-resume'],

  judge({ replay, resume }) {
    const wanted = numbered(replay).filter(([number]) => number > READ)
    const found = numbered(resume)
    const slip = wanted.findIndex((event, index) => event.join(' ') !== found[index]?.join(' '))
    const findings: Finding[] = []
    if (slip >= 0) {
      const expected = `event ${wanted[slip]!.join(' ')}, as in the full stream`
      const actual = found[slip]?.join(' ') ?? 'the end of the stream'
      findings.push({ step: 'resume', at: `/events/${slip}`, expected, actual })
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
      request: (request) => {
        const query = new URLSearchParams(request.query)
        query.delete('starting_after')
        return { ...request, query }
      },
    },
  ],
})

function numbered(exchange: Exchange): readonly (readonly [number, string])[] {
  return events(exchange).map((event) => [
    Number(field(event.data, '/sequence_number') ?? -1),
    eventType(event) ?? show(event.data),
  ])
}
