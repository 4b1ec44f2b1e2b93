import { serve } from '../common/serve.mjs'
import OpenAI from 'openai-6'
import { zodResponsesFunction, zodTextFormat } from 'openai-6/helpers/zod'
import { flowsOf } from '../common/openai.mjs'

const scenarios = flowsOf({ OpenAI, zodTextFormat, zodResponsesFunction })

serve(scenarios, { from: 'openai-6', depends: ['zod'] })
