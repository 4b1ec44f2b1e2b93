import { defineCheck } from '../../../src/define.ts'
import { isObject, items, parse } from '../../../src/read.ts'
import { said } from '../../common/answers.ts'
import { hearing } from '../../common/mutants.ts'
import { recalls } from '../../common/recall.ts'
import { acceptance } from '../../common/refusals.ts'
import { replay } from '../scenarios.ts'

export default defineCheck({
  id: 'message-style/takes-its-output-back',
  title: 'Whatever an answer put out can be sent back as it came, and is heard',
  kind: 'behavioural',
  scenario: replay,
  covers: ['msg-output-items-replayable', 'misc-replay-unknown-fields'],

  judge({ first, second }) {
    const taken = acceptance('second', second)
    if (taken.kind !== 'holds' || items(first).length === 0) return taken
    const answer = said(first)
    const parsed = parse(answer)
    const chosen = isObject(parsed) ? parsed['choice'] : answer
    return recalls('second', second, typeof chosen === 'string' ? chosen : answer, 'choice')
  },

  mutant: {
    story: 'a gateway forwards only the side of the user',
    request: (request) =>
      hearing(request, (list) => list.filter((item) => item['role'] !== 'assistant')),
  },
})
