import OpenAI from 'openai-7'
import { zodResponsesFunction, zodTextFormat } from 'openai-7/helpers/zod'
import { flowsOf } from '../common/openai.mjs'

export const flows = flowsOf({ OpenAI, zodTextFormat, zodResponsesFunction })
