// Rollouts of Codex (`~/.codex/sessions/**/rollout-*.jsonl`): items of a conversation, as Codex wrote them anew.

import { field } from '../../../base/json.ts'
import type { Importer } from '../importer.ts'

const KINDS: readonly unknown[] = [
  'session_meta',
  'response_item',
  'event_msg',
  'turn_context',
  'compacted',
  'world_state',
  'token_usage_record',
]

export default {
  name: 'Codex rollout',
  readRow(value, place) {
    const type = field(value, '/type')
    const isLine = KINDS.includes(type) && field(value, '/payload') !== undefined
    if (!isLine && field(value, '/record_type') !== 'state') return undefined
    return [
      {
        place,
        because:
          'Codex keeps the items of a conversation as it wrote them anew, and no answer of the provider; point its base_url at "watch" and run it again',
      },
    ]
  },
} satisfies Importer
