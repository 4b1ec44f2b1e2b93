import { defineCheck, mapJson, verdictOf } from '../../../src/authoring/define.ts'
import { field, show } from '../../../src/authoring/read.ts'
import type { Finding, Json } from '../../../src/types/index.ts'
import { entriesOf } from '../listing.ts'
import { listedScenario, toldWordsOf } from '../scenarios.ts'

export default defineCheck({
  id: 'lifecycle/lists-what-was-said',
  title: 'Input is listed as it was sent: messages with an id, a role and input_text parts',
  kind: 'wire',
  scenario: listedScenario,
  covers: ['state-input-items-content'],

  judge({ up }, { nonce }) {
    const findings: Finding[] = []
    const items = entriesOf(up)
    for (const [told, text] of toldWordsOf(nonce).entries()) {
      // In which order they stand is another check's affair.
      const found = items.findIndex((item) =>
        JSON.stringify(field(item, '/content'))?.includes(text),
      )
      const index = found === -1 ? told : found
      const item: Json | undefined = items[index]
      const expect = (key: string, right: boolean, expected: string): void => {
        const actual = show(field(item, key))
        if (!right) findings.push({ step: 'up', at: `/data/${index}${key}`, expected, actual })
      }
      expect('/type', field(item, '/type') === 'message', '"message"')
      expect('/role', field(item, '/role') === 'user', '"user"')
      expect('/id', typeof field(item, '/id') === 'string', 'an id')
      expect('/content/0/type', field(item, '/content/0/type') === 'input_text', '"input_text"')
      expect('/content/0/text', field(item, '/content/0/text') === text, show(text))
    }
    return verdictOf(findings.slice(0, 5))
  },

  mutants: [
    {
      story: 'a server lists string content as it was sent instead of as a part',
      reply: (reply, { path }) =>
        path.endsWith('/input_items')
          ? mapJson(reply, (body) => ({
              ...body,
              data: ((body['data'] ?? []) as readonly Json[]).map((item) => ({
                ...(item as object),
                content: field(item, '/content/0/text') ?? '',
              })),
            }))
          : reply,
    },
  ],
})
