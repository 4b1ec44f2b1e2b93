import { defineCheck, mapResponse, verdictOf } from '../../../src/authoring/define.ts'
import { response, show } from '../../../src/authoring/read.ts'
import { PUBLISHED } from '../../common/answers.ts'
import { judgeAccepted, refuseParameter } from '../../common/refusals.ts'
import { isUnequal } from '../../common/json-contains.ts'
import { nullParametersScenario, NULLABLE } from '../scenarios.ts'

export default defineCheck({
  id: 'parameters/null-means-absent',
  title: 'null for a parameter is the same as leaving it out',
  kind: 'wire',
  scenario: nullParametersScenario,
  covers: ['par-null-equals-absent'],
  only: PUBLISHED,

  judge({ plain, nulls: asked }) {
    const taken = judgeAccepted('nulls', asked)
    if (taken.kind !== 'holds') return taken
    const [without, withNull] = [response(plain), response(asked)]
    return verdictOf(
      NULLABLE.filter((name) => isUnequal(withNull?.[name], without?.[name])).map((name) => ({
        step: 'nulls',
        at: `/${name}`,
        expected: `${show(without?.[name])}, as without the parameter`,
        actual: show(withNull?.[name]),
      })),
    )
  },

  mutants: [
    {
      story: 'a server reports null where it was sent null, and its default otherwise',
      reply: (reply, { text }) =>
        mapResponse(reply, (body) =>
          text.includes('"temperature":null') ? { ...body, temperature: null, top_p: null } : body,
        ),
    },
    {
      story: 'a strict schema of requests knows no null',
      reply: (reply, { text }) =>
        text.includes('"temperature":null') ? refuseParameter(reply, 'temperature') : reply,
    },
  ],
})
