import { defineCheck, holds, moot, unsure, violated } from '../../../src/authoring/define.ts'
import { field, parse, response } from '../../../src/authoring/read.ts'
import { endedByItself, isRefusal, knowsIncomplete, said, uncut } from '../../common/answers.ts'
import { callingItCompleted } from '../../common/mutants.ts'
import { NO_DOCUMENT } from '../document.ts'
import { truncated } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/cut-document-is-incomplete',
  title: 'Half a document is never called completed',
  kind: 'forced',
  scenario: truncated,
  covers: ['so-truncated-is-incomplete'],

  judge({ ask }, context) {
    if (!knowsIncomplete(context)) return moot('the documents know no status for it')
    const status = field(response(ask), '/status')
    if (status !== 'completed') return holds
    const text = said(ask)
    if (parse(text) !== undefined) return moot('the document was finished within the budget')
    if (isRefusal(ask) || endedByItself(ask)) {
      return unsure('model-declined', 'the model wrote something else, and ended it itself')
    }
    if (text !== '' && !text.trimStart().startsWith('{')) return unsure('prerequisite', NO_DOCUMENT)
    return violated(uncut('ask', ask))
  },

  mutants: [
    {
      story: 'an adapter maps every end of a generation to completed',
      reply: callingItCompleted,
    },
  ],
})
