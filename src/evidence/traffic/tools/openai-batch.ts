// The output and error files of OpenAI's Batch API: status and body of each answer, by the request's `custom_id`.

import { field, isObject } from '../../../base/json.ts'
import { readStatus, readString, withoutAbsent, type Importer } from '../importer.ts'

export default {
  name: 'OpenAI Batch output',
  readRow(value, place) {
    const response = field(value, '/response')
    if (!isObject(value) || !('custom_id' in value) || response === undefined) return undefined
    if (!isObject(response)) {
      const code = readString(value, '/error/code')
      return [
        { place, because: `the batch did not send it${code === undefined ? '' : ` (${code})`}` },
      ]
    }
    const body = field(response, '/body')
    return [
      {
        place,
        ending: 'complete',
        ...withoutAbsent({
          status: readStatus(response, '/status_code'),
          body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
        }),
      },
    ]
  },
} satisfies Importer
