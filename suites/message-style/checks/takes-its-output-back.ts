import { defineCheck, unsure } from '../../../src/authoring/define.ts'
import { items } from '../../../src/authoring/read.ts'
import { changeInput } from '../../common/mutants.ts'
import { judgeRecall, answerTextOf, codeWordsOf } from '../../../src/authoring/code-word.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { replayScenario } from '../scenarios/replayed.ts'

export default defineCheck({
  id: 'message-style/takes-its-output-back',
  title: 'Whatever an answer put out can be sent back as it came, and is heard',
  kind: 'behavioural',
  scenario: replayScenario,
  covers: ['msg-output-items-replayable', 'misc-replay-unknown-fields'],

  judge({ first, second }) {
    const taken = judgeAccepted('second', second)
    if (taken.kind !== 'holds' || items(first).length === 0) return taken
    const [chosen] = codeWordsOf(answerTextOf(first))
    if (chosen === undefined) return unsure('model-declined', 'no word was chosen')
    return judgeRecall('second', second, chosen, 'that it chose before')
  },

  mutants: [
    {
      story: 'a gateway forwards only the side of the user',
      request: (request) =>
        changeInput(request, (list) => list.filter((item) => item['role'] !== 'assistant')),
    },
    {
      story: 'a strict schema of requests does not know the annotations of its own answers',
      reply: (reply, { text }) =>
        text.includes('"annotations"')
          ? refuseParameter(reply, 'input[1].content[0].annotations')
          : reply,
    },
  ],
})
