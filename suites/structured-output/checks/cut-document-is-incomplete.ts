import { defineCheck, holds, notShown, unsure, violated } from '../../../src/authoring/define.ts'
import { field, parse, response } from '../../../src/authoring/read.ts'
import {
  isCutShort,
  isRefusal,
  isIncompleteKnown,
  messageTextOf,
  createUncutFinding,
} from '../../common/answers.ts'
import { markCompleted } from '../../common/mutants.ts'
import { noDocument } from '../document.ts'
import { truncatedDocumentScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/cut-document-is-incomplete',
  title: 'Half a document is never called completed',
  kind: 'forced',
  scenario: truncatedDocumentScenario,
  covers: ['so-truncated-is-incomplete'],

  judge({ ask }, context) {
    if (!isIncompleteKnown(context)) return notShown('the documents know no status for it')
    const status = field(response(ask), '/status')
    if (status !== 'completed') return holds
    const text = messageTextOf(ask)
    if (parse(text) !== undefined) return notShown('the document was finished within the budget')
    if (isRefusal(ask) || !isCutShort(ask)) {
      return unsure('model-declined', 'the model wrote something else, and ended it itself')
    }
    if (text !== '' && !text.trimStart().startsWith('{')) return noDocument
    return violated(createUncutFinding('ask', ask))
  },

  mutants: [
    {
      story: 'an adapter maps every end of a generation to completed',
      reply: markCompleted,
    },
  ],
})
