import { defineCheck, holds, mapEvents, notShown, violated } from '../../../src/authoring/define.ts'
import { field, isObject, response, responseAt, sent, show } from '../../../src/authoring/read.ts'
import type { Exchange, Finding, Json, JsonObject } from '../../../src/types/index.ts'
import { isSameModel } from '../model-names.ts'
import { twoWaysScenario } from '../scenarios.ts'

export default defineCheck({
  id: 'basic/names-one-model',
  title: 'A stream names the same model as the answer at a stroke',
  kind: 'wire',
  scenario: twoWaysScenario,
  covers: ['basic-model-same-in-stream'],

  judge({ plain, stream }) {
    const [asked, atOnce, streamed] = [sent(plain)?.['model'], nameIn(plain), nameIn(stream)]
    if (!isName(asked) || !isName(atOnce) || !isName(streamed))
      return notShown('no names of models')
    // Who chooses among models may choose another one each time: one of the two has to be the one asked for.
    const [isPlainRight, isStreamRight] = [isSameModel(asked, atOnce), isSameModel(asked, streamed)]
    if (!isPlainRight && !isStreamRight) return notShown('neither answer names the model asked for')
    if (isPlainRight && isStreamRight) return holds
    const [step, wrong] = isPlainRight ? (['stream', stream] as const) : (['plain', plain] as const)
    const finding: Finding = {
      step,
      at: `${responseAt(wrong)}/model`,
      kind: 'differs',
      expected: `${show(isPlainRight ? atOnce : streamed)}, as ${isPlainRight ? 'without' : 'with'} stream`,
      actual: show(nameIn(wrong)),
    }
    return violated(finding)
  },

  mutants: [
    {
      story: 'a gateway passes on the streams of its upstream, name and all',
      reply: (reply) =>
        mapEvents(reply, (event) =>
          isObject(event['response']) ? { ...event, response: renamed(event['response']) } : event,
        ),
    },
  ],
})

function nameIn(exchange: Exchange): Json | undefined {
  return field(response(exchange), '/model')
}

function isName(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== ''
}

function renamed(response: JsonObject): JsonObject {
  return { ...response, model: 'upstream-large' }
}
