import { defineCheck, mapBody, mapObjects, moot, without } from '../../../src/authoring/define.ts'
import { refuses } from '../../../src/authoring/refusal.ts'
import { itemsAt } from '../../common/answers.ts'
import { replayed } from '../scenarios.ts'

export default defineCheck({
  id: 'reasoning/notices-tampering',
  title: 'Corrupted encrypted_content is refused',
  kind: 'wire',
  scenario: replayed,
  covers: ['rs-encrypted-tamper'],

  judge({ call, tampered }) {
    const isSealed = itemsAt(call, 'reasoning').some(
      ({ value }) => typeof value['encrypted_content'] === 'string',
    )
    if (!isSealed) return moot('the call came without encrypted_content')
    return refuses('tampered', tampered, 'encrypted_content is not what the server gave out')
  },

  mutants: [
    {
      story: 'a server leaves out reasoning that it cannot decrypt',
      request: (request) =>
        mapBody(request, (body) =>
          mapObjects(body, (item) =>
            item['type'] === 'reasoning' ? without(item, 'encrypted_content') : item,
          ),
        ),
    },
  ],
})
