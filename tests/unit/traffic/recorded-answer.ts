// One exchange as a proxy of ours records it, and what becomes of a file that holds it.

import { readTraffic, type Traffic } from '../../../src/evidence/import-traffic.ts'
import { createMemoryStore } from '../../../src/evidence/saved-exchanges.ts'
import { createTrafficJudge } from '../../../src/run/judge-traffic.ts'
import type { Json, JsonObject, Verdict } from '../../../src/types/index.ts'

export const ANSWER = {
  id: 'resp_1',
  object: 'response',
  created_at: 1795972237,
  status: 'completed',
  error: null,
  incomplete_details: null,
  instructions: null,
  metadata: {},
  model: 'm',
  output: [
    {
      id: 'msg_1',
      type: 'message',
      status: 'completed',
      role: 'assistant',
      content: [{ type: 'output_text', text: 'ok', annotations: [], logprobs: [] }],
    },
  ],
  parallel_tool_calls: true,
  temperature: 1,
  tool_choice: 'auto',
  tools: [],
  top_p: 1,
  usage: {
    input_tokens: 5,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 2,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 7,
  },
}

export const JSON_HEADERS = { 'content-type': 'application/json' }

export function record(response: Json, path = '/v1/responses', more: JsonObject = {}): Json {
  return {
    host: 'one.example',
    request: { method: 'POST', path, body: { model: 'm', input: 'x', ...more } },
    response,
  }
}

export const RECORDED = record({ status: 200, headers: JSON_HEADERS, body: JSON.stringify(ANSWER) })
export const LINE = JSON.stringify(RECORDED)

export function read(file: string | Buffer): Traffic {
  return readTraffic(typeof file === 'string' ? Buffer.from(file) : file, 'file')
}

export function reasonsOf({ leftOut }: Traffic): readonly string[] {
  return leftOut.map(({ place, because }) => `${place}: ${because}`)
}

export async function judge({ exchanges }: Traffic): Promise<readonly Verdict[]> {
  const judgeAll = await createTrafficJudge({
    contract: 'openai',
    yardsticks: ['openai'],
    store: createMemoryStore(),
    isWritten: false,
  })
  return (await judgeAll(exchanges)).result.verdicts
}

export function rowOf(verdicts: readonly Verdict[], check: string): Verdict | undefined {
  return verdicts.find((row) => row.check === check)
}
