import {
  defineCheck,
  mapObjects,
  mapEvents,
  notShown,
  verdictOf,
  without,
} from '../../../src/authoring/define.ts'
import { events } from '../../../src/authoring/read.ts'
import { hasItemType } from '../stream-rule-check.ts'
import { shellStreamScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'streaming/describes-shell-calls',
  title: 'A streamed shell call has all that a client needs to run it',
  kind: 'wire',
  scenario: shellStreamScenario,
  covers: ['stream-required-fields-per-type'],

  judge({ stream }, { contract }) {
    const told = events(stream).filter(hasItemType('shell_call'))
    if (told.length === 0) return notShown('no shell call in this stream')
    const places = told.map(({ index }) => `/events/${index}/item/`)
    return verdictOf(
      (contract.flaws(stream) ?? [])
        .filter(({ at }) => places.some((place) => at.startsWith(place)))
        .map((finding) => ({ ...finding, step: 'stream' })),
    )
  },

  mutants: [
    {
      story: 'a gateway that knows function calls forgets what is to be run',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          mapObjects(event, (object) =>
            object['type'] === 'shell_call' ? without(object, 'action') : object,
          ),
        ),
    },
  ],
})
