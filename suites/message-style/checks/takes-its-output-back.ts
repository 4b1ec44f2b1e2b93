import { defineCheck, unsure } from '../../../src/authoring/define.ts'
import { items } from '../../../src/authoring/read.ts'
import { hearing } from '../../common/mutants.ts'
import { recalls, said, wordsIn } from '../../../src/authoring/code-word.ts'
import { acceptance } from '../../common/refusals.ts'
import { replay } from '../scenarios/replayed.ts'

export default defineCheck({
  id: 'message-style/takes-its-output-back',
  title: 'Whatever an answer put out can be sent back as it came, and is heard',
  kind: 'behavioural',
  scenario: replay,
  covers: ['msg-output-items-replayable', 'misc-replay-unknown-fields'],

  judge({ first, second }) {
    const taken = acceptance('second', second)
    if (taken.kind !== 'holds' || items(first).length === 0) return taken
    const [chosen] = wordsIn(said(first))
    if (chosen === undefined) return unsure('model-declined', 'no word was chosen')
    return recalls('second', second, chosen, 'that it chose before')
  },

  mutants: [
    {
      story: 'a gateway forwards only the side of the user',
      request: (request) =>
        hearing(request, (list) => list.filter((item) => item['role'] !== 'assistant')),
    },
  ],
})
