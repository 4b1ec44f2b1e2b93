import OpenAI from 'openai-6'
import { zodResponsesFunction, zodTextFormat } from 'openai-6/helpers/zod'
import { flowsOf } from '../common/openai.mjs'

export const flows = flowsOf({ OpenAI, zodTextFormat, zodResponsesFunction })
