import {
  defineCheck,
  defineFamily,
  holds,
  notShown,
  violated,
} from '../../../src/authoring/define.ts'
import { isStream } from '../../../src/authoring/read.ts'
import { quoteReply } from '../../../src/authoring/judge-refusal.ts'
import type { Reply } from '../../../src/types/index.ts'
import { streamedInvalidRequestScenarioOf, streamableInvalidRequests } from '../scenarios.ts'

export default defineFamily({
  id: 'errors/streamed',
  title: 'A streamed request with a mistake is refused before the stream begins',
  covers: ['error-prestream-is-http'],

  cases: () =>
    streamableInvalidRequests.map((mistake) =>
      defineCheck({
        id: `errors/streamed/${mistake.name}`,
        title: `With stream true the same status and JSON come when ${mistake.because}`,
        kind: 'wire',
        scenario: streamedInvalidRequestScenarioOf(mistake),
        covers: ['error-prestream-is-http'],

        judge({ plain, streamed }) {
          if (plain.status < 400 || plain.status > 499)
            return notShown('the plain request is answered')
          if (streamed.status === plain.status && !isStream(streamed)) return holds
          return violated({
            step: 'streamed',
            at: 'status',
            expected: `${plain.status} with a JSON error, as without stream, because ${mistake.because}`,
            actual: quoteReply(streamed),
          })
        },

        mutants: [
          {
            story: 'a gateway opens the stream first and looks at the request afterwards',
            reply: (reply, request) =>
              /"stream":\s*true/.test(request.text) ? opened(reply) : reply,
          },
        ],
      }),
    ),
})

function opened(reply: Reply): Reply {
  if (reply.status < 400 || !('json' in reply.body)) return reply
  const event = { type: 'error', sequence_number: 0, ...(reply.body.json as object) }
  return { status: 200, headers: {}, body: { events: [event] } }
}
