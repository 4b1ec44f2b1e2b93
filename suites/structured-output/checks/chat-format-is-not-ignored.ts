import { defineCheck, holds, ignored } from '../../../src/define.ts'
import { isObject, parse, responseAt, show } from '../../../src/read.ts'
import { said } from '../../common/answers.ts'
import { answersAnyway } from '../../common/refusals.ts'
import { chatFormat } from '../scenarios.ts'

export default defineCheck({
  id: 'structured-output/chat-format-is-not-ignored',
  title: 'response_format, which belongs to Chat Completions, is refused rather than ignored',
  kind: 'forced',
  scenario: chatFormat,
  covers: ['so-chat-response-format-rejected'],
  only: ['openai'],

  judge({ ask }) {
    if (ask.status >= 400 && ask.status < 500) return holds
    const text = said(ask)
    // Some take both spellings; then nothing is lost.
    if (isObject(parse(text))) return holds
    return ignored({
      step: 'ask',
      at: `${responseAt(ask)}/output`,
      expected: 'a 4xx status, or a JSON object',
      actual: `${ask.status} with ${text === '' ? 'no text' : show(text)}`,
    })
  },

  mutant: {
    story: 'a gateway drops the parameters that it does not know',
    reply: answersAnyway,
  },
})
