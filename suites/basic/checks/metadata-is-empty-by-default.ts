import {
  defineCheck,
  holds,
  mapResponse,
  notShown,
  violated,
  without,
} from '../../../src/authoring/define.ts'
import { isObject, response, show } from '../../../src/authoring/read.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { textScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/metadata-is-empty-by-default',
  title: 'metadata is an empty object, or null, when none was sent',
  kind: 'wire',
  scenario: textScenario,
  covers: ['basic-metadata-default'],
  only: PUBLISHED,

  judge({ plain }) {
    const metadata = response(plain)?.['metadata']
    // Whether it has to be there is asked by the family of fields.
    if (metadata === undefined) return notShown('the answer has no metadata')
    if (metadata === null || (isObject(metadata) && Object.keys(metadata).length === 0))
      return holds
    return violated({
      step: 'plain',
      at: '/metadata',
      expected: '{} or null',
      actual: show(metadata),
    })
  },

  mutants: [
    {
      story: 'a gateway stores its own notes in the metadata of its clients',
      reply: (reply) =>
        mapResponse(reply, (response) => ({
          ...without(response, 'metadata'),
          metadata: { channel: '7' },
        })),
    },
  ],
})
