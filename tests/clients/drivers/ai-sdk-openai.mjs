import { createOpenAI } from '@ai-sdk/openai'
import { flowsOf } from '../shared/ai-sdk.mjs'

export const flows = flowsOf(({ baseUrl, apiKey, model }) =>
  createOpenAI({ baseURL: baseUrl, apiKey }).responses(model),
)
