// LiteLLM's StandardLoggingPayload. It holds no answer of a provider: LiteLLM gives each an id of its own, counts
// in the names of Chat Completions, and writes null for what was absent.

import { isObject } from '../../../base/json.ts'
import type { Importer } from '../importer.ts'

export default {
  name: 'LiteLLM log',
  readRow(value, place) {
    const isLog = isObject(value) && 'call_type' in value && 'api_base' in value
    if (
      !isLog ||
      !('model_parameters' in value || 'litellm_call_id' in value || 'response' in value)
    )
      return undefined
    return [
      {
        place,
        because:
          'LiteLLM logs the answer as it wrote it anew (ids, usage, nulls), and nothing of what the provider sent; record it with "watch --to <api_base>" in between',
      },
    ]
  },
} satisfies Importer
