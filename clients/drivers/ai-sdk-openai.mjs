import { createOpenAI } from '@ai-sdk/openai'
import { flowsOf } from '../common/ai-sdk.mjs'

export const flows = flowsOf(({ baseUrl, apiKey, model }) =>
  createOpenAI({ baseURL: baseUrl, apiKey }).responses(model),
)
