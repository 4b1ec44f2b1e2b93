import { defineCheck, mapResponse, verdictOf } from '../../../src/authoring/define.ts'
import { response, show } from '../../../src/authoring/read.ts'
import { requestValueOf } from '../../common/answers.ts'
import { isUnequal } from '../../common/json-contains.ts'
import { keptMetadataScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'parameters/metadata-is-kept',
  title: 'Sixteen pairs of metadata are stored as they were sent',
  kind: 'wire',
  scenario: keptMetadataScenario,
  covers: ['par-metadata'],

  judge({ create, get }) {
    const sent = requestValueOf(create, '/metadata')
    const stored = response(get)?.['metadata']
    return verdictOf(
      isUnequal(stored, sent)
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
