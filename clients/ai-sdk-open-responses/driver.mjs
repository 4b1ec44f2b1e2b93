import { serve } from '../common/serve.mjs'
import { createOpenResponses } from '@ai-sdk/open-responses'
import { flowsOf } from '../common/ai-sdk.mjs'

const scenarios = flowsOf(({ baseUrl, apiKey, model }) =>
  createOpenResponses({ name: 'provider', url: `${baseUrl}/responses`, apiKey })(model),
)

serve(scenarios, { from: '@ai-sdk/open-responses', depends: ['ai', 'zod'] })
