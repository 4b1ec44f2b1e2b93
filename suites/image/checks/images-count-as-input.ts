import { defineCheck } from '../../../src/authoring/define.ts'
import { costsMore, countingNothing } from '../../common/input-tokens.ts'
import { counted } from '../scenarios.ts'

export default defineCheck({
  id: 'image/images-count-as-input',
  title: 'More pictures cost more input tokens',
  kind: 'wire',
  scenario: counted,
  covers: ['image-counts-in-usage'],

  judge: ({ one, three }) => costsMore(one, 'three', three, 'what a single picture cost'),

  mutants: [
    {
      story: 'a gateway counts the tokens of the text itself',
      reply: countingNothing,
    },
  ],
})
