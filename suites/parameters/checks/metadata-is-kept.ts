import { defineCheck, mapResponse, verdictOf } from '../../../src/authoring/define.ts'
import { response, show } from '../../../src/authoring/read.ts'
import { asked } from '../../common/answers.ts'
import { differs } from '../../common/json-contains.ts'
import { kept } from '../scenarios.ts'

export default defineCheck({
  id: 'parameters/metadata-is-kept',
  title: 'Sixteen pairs of metadata are stored as they were sent',
  kind: 'wire',
  scenario: kept,
  covers: ['par-metadata'],

  judge({ create, get }) {
    const sent = asked(create, '/metadata')
    const stored = response(get)?.['metadata']
    return verdictOf(
      differs(stored, sent)
        ? [{ step: 'get', at: '/metadata', expected: show(sent), actual: show(stored) }]
        : [],
    )
  },

  mutants: [
    {
      story: 'a server echoes metadata, and forgets to store them',
      reply: (reply, { method }) =>
        method === 'GET' ? mapResponse(reply, (body) => ({ ...body, metadata: {} })) : reply,
    },
  ],
})
