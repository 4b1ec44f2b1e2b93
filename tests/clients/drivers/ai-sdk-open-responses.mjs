import { createOpenResponses } from '@ai-sdk/open-responses'
import { flowsOf } from '../shared/ai-sdk.mjs'

export const flows = flowsOf(({ baseUrl, apiKey, model }) =>
  createOpenResponses({ name: 'provider', url: `${baseUrl}/responses`, apiKey })(model),
)
