import { defineCheck, holds, mapBody, violated } from '../../../src/authoring/define.ts'
import { responseAt, show } from '../../../src/authoring/read.ts'
import { answerTextOf, codeWordsOf } from '../../../src/authoring/code-word.ts'
import { chainScenario, plantedWordsOf, doubtUnlinked } from '../scenarios.ts'

export default defineCheck({
  id: 'stateful/forks-do-not-meet',
  title: 'Two continuations of one response do not see each other',
  kind: 'behavioural',
  scenario: chainScenario,
  covers: ['state-previous-fork'],

  judge({ third }, { nonce }) {
    if (!codeWordsOf(answerTextOf(third)).includes(plantedWordsOf(nonce).forked)) {
      return doubtUnlinked(third, nonce) ?? holds
    }
    return violated({
      step: 'third',
      at: `${responseAt(third)}/output`,
      expected: `${nonce}, the code word of this branch`,
      actual: `${show(answerTextOf(third))}, which only the other branch was told`,
    })
  },

  mutants: [
    {
      story: 'a gateway keeps one conversation for each client, wherever a turn continues',
      request: (request) =>
        mapBody(request, (body) => {
          const text = JSON.stringify(body['input'] ?? '')
          forked = /changed to (ZX7-[0-9A-F]{8})/.exec(text)?.[1] ?? forked
          if (!text.includes('told so far') || !Array.isArray(body['input'])) return body
          const leak = { role: 'user', content: `The code word has changed to ${forked}.` }
          return { ...body, input: [leak, ...body['input']] }
        }),
    },
  ],
})

/** What the mutant heard in the fork. */
let forked = ''
