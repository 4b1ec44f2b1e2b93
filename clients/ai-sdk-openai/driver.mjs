import { serve } from '../common/serve.mjs'
import { createOpenAI } from '@ai-sdk/openai'
import { flowsOf } from '../common/ai-sdk.mjs'

const scenarios = flowsOf(({ baseUrl, apiKey, model }) =>
  createOpenAI({ baseURL: baseUrl, apiKey }).responses(model),
)

serve(scenarios, { from: '@ai-sdk/openai', depends: ['ai', 'zod'] })
