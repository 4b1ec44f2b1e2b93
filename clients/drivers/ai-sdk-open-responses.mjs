import { createOpenResponses } from '@ai-sdk/open-responses'
import { flowsOf } from '../common/ai-sdk.mjs'

export const flows = flowsOf(({ baseUrl, apiKey, model }) =>
  createOpenResponses({ name: 'provider', url: `${baseUrl}/responses`, apiKey })(model),
)
