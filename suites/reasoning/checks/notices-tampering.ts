import {
  defineCheck,
  mapBody,
  mapObjects,
  notShown,
  without,
} from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import { readItemsAt } from '../../common/answers.ts'
import { replayedReasoningScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'reasoning/notices-tampering',
  title: 'Corrupted encrypted_content is refused',
  kind: 'wire',
  scenario: replayedReasoningScenario,
  covers: ['rs-encrypted-tamper'],

  judge({ call, tampered }) {
    const isSealed = readItemsAt(call, 'reasoning').some(
      ({ value }) => typeof value['encrypted_content'] === 'string',
    )
    if (!isSealed) return notShown('the call came without encrypted_content')
    return judgeRefusal('tampered', tampered, 'encrypted_content is not what the server gave out')
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
