import { allOf, defineCheck, mapJson, verdictOf } from '../../../src/authoring/define.ts'
import { field, show } from '../../../src/authoring/read.ts'
import { judgeUnknown } from '../../../src/authoring/refusal.ts'
import type { Exchange, Finding, Json } from '../../../src/types/index.ts'
import { bodyIdOf, keptConversationScenario } from '../conversation.ts'

export default defineCheck({
  id: 'lifecycle/changes-and-deletes-a-conversation',
  title: 'A conversation can be read, its metadata replaced, and it can be deleted',
  kind: 'wire',
  scenario: keptConversationScenario,
  covers: ['conv-crud'],

  judge({ begin, read, updated, remove, gone }, { nonce }) {
    return allOf(
      verdictOf([
        ...says('read', read, '/id', String(bodyIdOf(begin))),
        ...says('read', read, '/metadata', { run: nonce }),
        ...says('updated', updated, '/metadata', { topic: 'changed' }),
        ...says('remove', remove, '/object', 'conversation.deleted'),
        ...says('remove', remove, '/deleted', true),
      ]),
      judgeUnknown('gone', gone, 'the conversation was deleted'),
    )
  },

  mutant: {
    story: 'new metadata is merged into the old instead of replacing it',
    reply: (reply, { path }) =>
      path.startsWith('/conversations/')
        ? mapJson(reply, (body) =>
            'metadata' in body
              ? { ...body, metadata: { run: 'old', ...(body['metadata'] as object) } }
              : body,
          )
        : reply,
  },
})

function says(step: string, { body }: Exchange, at: string, expected: Json): readonly Finding[] {
  const actual = body.kind === 'json' ? field(body.value, at) : undefined
  if (show(actual) === show(expected)) return []
  return [{ step, at, expected: show(expected), actual: show(actual) }]
}
