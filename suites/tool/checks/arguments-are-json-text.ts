import { defineCheck, notShown } from '../../../src/authoring/define.ts'
import { isObject, parse, show } from '../../../src/authoring/read.ts'
import type { EveryExchange } from '../../../src/types/index.ts'
import { createFinding, readItemsAt, judgeAnswer } from '../../common/answers.ts'
import { mapItems } from '../../common/mutants.ts'
import { noParametersScenario, requiredCallScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'tool/arguments-are-json-text',
  title: 'The arguments of a call are a string that holds a JSON object',
  kind: 'wire',
  scenario: 'every',
  covers: ['tool-arguments-json-string'],
  documents: true,

  judge({ exchange }: EveryExchange, { yardstick, scenario }) {
    // What the arguments are of a function that has none is a question of its own.
    if (scenario.id === noParametersScenario.id) return notShown('the function has no parameters')
    return judgeAnswer(exchange, (reply) => {
      // A call that was cut short has no whole arguments.
      const calls = readItemsAt(reply.exchange, 'function_call').filter(
        ({ value }) =>
          value['status'] !== 'incomplete' && reply.response['status'] !== 'incomplete',
      )
      if (calls.length === 0) return 'no finished function_call in the output'
      return calls
        .filter(({ value }) => value['arguments'] !== undefined || yardstick !== 'own')
        .filter(({ value }) => !isObject(parse(value['arguments'])))
        .map(({ value, at }) => {
          const actual = value['arguments']
          const form = typeof actual === 'string' ? '' : `${typeof actual} `
          return createFinding(
            `${at}/arguments`,
            'a string that holds a JSON object',
            `${form}${show(actual)}`,
          )
        })
    })
  },

  mutants: [
    {
      story: 'an adapter parses the arguments of its upstream and forgets to write them again',
      on: requiredCallScenario,
      reply: (reply) =>
        mapItems(reply, 'function_call', (item) => ({
          ...item,
          arguments: parse(item['arguments']) ?? null,
        })),
    },
  ],
})
