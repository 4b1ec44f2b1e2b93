import {
  defineCheck,
  mapResponse,
  notShown,
  unsure,
  verdictOf,
} from '../../../src/authoring/define.ts'
import { field, response, show } from '../../../src/authoring/read.ts'
import {
  isKnownField,
  isIncompleteKnown,
  isSeenCut,
  createUncutFinding,
} from '../../common/answers.ts'
import { markCompleted } from '../../common/mutants.ts'
import { cappedScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/says-why-incomplete',
  title: 'An answer cut short by max_output_tokens is incomplete, and says why',
  kind: 'forced',
  scenario: cappedScenario,
  covers: ['basic-incomplete-status'],
  owns: ['/incomplete_details'],

  judge({ capped: cut }, context) {
    if (!isIncompleteKnown(context)) return notShown('the documents know no status for it')
    const reply = response(cut)
    const status = field(reply, '/status')
    const reason = field(reply, '/incomplete_details/reason')
    // That there is no status at all is told elsewhere.
    if (status === undefined) return notShown('the answer has no status')
    if (status === 'completed' && !isSeenCut(cut)) {
      return unsure('model-declined', 'nothing shows that the answer was cut at its budget')
    }
    return verdictOf([
      ...(status === 'incomplete' ? [] : [createUncutFinding('capped', cut)]),
      ...(status !== 'incomplete' ||
      reason === 'max_output_tokens' ||
      !isKnownField(context, '/incomplete_details')
        ? []
        : [
            {
              step: 'capped',
              at: '/incomplete_details/reason',
              expected: '"max_output_tokens"',
              actual: show(reason),
            },
          ]),
    ])
  },

  mutants: [
    {
      story: 'an adapter maps every end of a generation to completed',
      reply: markCompleted,
    },
    {
      story: 'an adapter hands through the finish reason of Chat Completions',
      reply: (reply) =>
        mapResponse(reply, (response) =>
          response['status'] === 'incomplete'
            ? { ...response, incomplete_details: { reason: 'length' } }
            : response,
        ),
    },
  ],
})
