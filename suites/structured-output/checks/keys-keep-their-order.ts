import { defineCheck, notShown, verdictOf } from '../../../src/authoring/define.ts'
import { isObject, parse, responseAt } from '../../../src/authoring/read.ts'
import { requestValueOf, messageTextOf } from '../../common/answers.ts'
import { replaceText } from '../../common/mutants.ts'
import { strictScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/keys-keep-their-order',
  title: 'Keys come in the order of the schema',
  kind: 'forced',
  scenario: strictScenario,
  covers: ['so-key-order'],

  judge({ ask }) {
    const value = parse(messageTextOf(ask))
    const properties = requestValueOf(ask, '/text/format/schema/properties')
    if (!isObject(value) || !isObject(properties)) return notShown('the text is not a JSON object')
    const keys = Object.keys(value).filter((key) => key in properties)
    const wanted = Object.keys(properties).filter((key) => key in value)
    return verdictOf(
      keys.join() === wanted.join()
        ? []
        : [
            {
              step: 'ask',
              at: `${responseAt(ask)}/output text`,
              expected: wanted.join(', '),
              actual: keys.join(', '),
            },
          ],
    )
  },

  mutants: [
    {
      story: 'an adapter parses the document and writes it again in alphabetical order',
      reply: (reply) =>
        replaceText(reply, (text) => {
          const value = parse(text)
          if (!isObject(value)) return text
          return JSON.stringify(Object.fromEntries(Object.entries(value).toSorted()))
        }),
    },
  ],
})
