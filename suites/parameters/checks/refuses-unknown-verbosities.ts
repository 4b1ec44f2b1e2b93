import { defineCheck } from '../../../src/define.ts'
import { refuses } from '../../../src/refusal.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { unknownVerbosity } from '../scenarios.ts'

export default defineCheck({
  id: 'parameters/refuses-unknown-verbosities',
  title: 'A verbosity that does not exist is refused',
  kind: 'wire',
  scenario: unknownVerbosity,
  covers: ['par-text-verbosity'],

  judge({ ask }) {
    return refuses('ask', ask, 'verbosity is low, medium or high')
  },

  mutant: {
    story: 'a gateway drops verbosity',
    reply: answersAnyway,
  },
})
