import { defineCheck, mapBody, mapObjects, moot, without } from '../../../src/define.ts'
import { refuses } from '../../../src/refusal.ts'
import { replayed } from '../scenarios.ts'
import { thoughts } from '../thoughts.ts'

export default defineCheck({
  id: 'reasoning/notices-tampering',
  title: 'Corrupted encrypted_content is refused',
  kind: 'wire',
  scenario: replayed,
  covers: ['rs-encrypted-tamper'],

  judge({ call, tampered }) {
    const isSealed = thoughts(call).some(
      ({ item }) => typeof item['encrypted_content'] === 'string',
    )
    if (!isSealed) return moot('the call came without encrypted_content')
    return refuses('tampered', tampered, 'encrypted_content is not what the server gave out')
  },

  mutant: {
    story: 'a server leaves out reasoning that it cannot decrypt',
    request: (request) =>
      mapBody(request, (body) =>
        mapObjects(body, (item) =>
          item['type'] === 'reasoning' ? without(item, 'encrypted_content') : item,
        ),
      ),
  },
})
