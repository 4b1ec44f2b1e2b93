import { defineCheck, holds, mapJson, violated } from '../../../src/authoring/define.ts'
import { field, isObject, show } from '../../../src/authoring/read.ts'
import type { Exchange, Json } from '../../../src/types/index.ts'
import { requestValueOf } from '../../common/answers.ts'
import { whitespaceScenario } from '../scenarios/replayed.ts'

export default defineCheck({
  id: 'message-style/keeps-white-space',
  title: 'White space around a text is kept',
  kind: 'wire',
  scenario: whitespaceScenario,
  covers: ['msg-whitespace-preserved'],

  judge({ create, items }) {
    const sent = requestValueOf(create, '/input/0/content')
    const stored = storedText(items)
    if (stored === sent) return holds
    return violated({
      step: 'items',
      at: '/data/0/content/0/text',
      expected: show(sent),
      actual: show(stored),
    })
  },

  mutants: [
    {
      story: 'a sanitizer trims every string that it sees',
      reply: (reply) =>
        mapJson(reply, (body) => (body['object'] === 'list' ? trimmed(body) : body)),
    },
  ],
})

function trimmed(value: Json): Json {
  if (typeof value === 'string') return value.trim()
  if (Array.isArray(value)) return value.map(trimmed)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, trimmed(inner)]))
}

function storedText({ body }: Exchange): Json | undefined {
  const value = body.kind === 'json' ? body.value : undefined
  const content = field(value, '/data/0/content')
  return typeof content === 'string' ? content : field(content, '/0/text')
}
