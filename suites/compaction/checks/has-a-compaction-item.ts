import { defineCheck, holds, mapJson, violated } from '../../../src/authoring/define.ts'
import { field, show } from '../../../src/authoring/read.ts'
import { compactedScenario, windowOf } from '../scenarios.ts'

export default defineCheck({
  id: 'compaction/has-a-compaction-item',
  title: 'The output of a compaction holds a compaction item with encrypted_content',
  kind: 'wire',
  scenario: compactedScenario,
  covers: ['cmp-item'],

  judge({ compact }) {
    const items = windowOf(compact).filter((item) => field(item, '/type') === 'compaction')
    const isWhole = items.some((item) => {
      const sealed = field(item, '/encrypted_content')
      return typeof sealed === 'string' && sealed !== '' && typeof field(item, '/id') === 'string'
    })
    if (isWhole) return holds
    return violated({
      step: 'compact',
      at: '/output',
      expected: 'an item with type "compaction", an id and a non-empty encrypted_content',
      actual: show(items[0] ?? windowOf(compact).map((item) => field(item, '/type') ?? null)),
    })
  },

  mutants: [
    {
      story: 'a gateway returns its summary as a message',
      reply: (reply, { path }) =>
        path.endsWith('/compact')
          ? mapJson(reply, (body) => ({
              ...body,
              output: [{ type: 'message', role: 'assistant', content: 'They chose a word.' }],
            }))
          : reply,
    },
  ],
})
