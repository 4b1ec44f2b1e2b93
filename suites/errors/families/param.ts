import {
  defineCheck,
  defineFamily,
  holds,
  mapJson,
  notShown,
  violated,
} from '../../../src/authoring/define.ts'
import { field, isObject, show } from '../../../src/authoring/read.ts'
import { errorOf } from '../../../src/authoring/judge-refusal.ts'
import { invalidRequests } from '../invalid-requests.ts'
import { invalidRequestScenarioOf } from '../scenarios.ts'

export default defineFamily({
  id: 'errors/param',
  title: 'error.param points at the mistake',
  covers: ['error-param-path'],

  cases: () =>
    invalidRequests.flatMap(({ at, ...invalid }) =>
      at === undefined
        ? []
        : [
            defineCheck({
              id: `errors/param/${invalid.name}`,
              title: `error.param points at ${dotted(at)} when ${invalid.because}`,
              kind: 'wire',
              scenario: invalidRequestScenarioOf(
                invalidRequests.find(({ name }) => name === invalid.name)!,
              ),
              covers: ['error-param-path'],
              only: ['openai'],

              judge({ ask }) {
                const error = errorOf(ask)
                if (ask.status < 400 || error === undefined) return notShown('no error object came')
                const param = field(error, '/param')
                if (typeof param === 'string' && pointsAt(param, at)) return holds
                return violated({
                  step: 'ask',
                  at: '/error/param',
                  expected: `"${dotted(at)}", because ${invalid.because}`,
                  actual: show(param),
                })
              },

              mutants: [
                {
                  story: 'a validator says what is wrong, and the gateway in front of it not where',
                  reply: (reply) =>
                    mapJson(reply, (body) =>
                      isObject(body['error'])
                        ? { ...body, error: { ...body['error'], param: null } }
                        : body,
                    ),
                },
              ],
            }),
          ],
    ),
})

/** A path such as `input[0].content[0].type`, or one that leads to it or further inside. */
function pointsAt(param: string, at: string): boolean {
  const found = param.replaceAll(/\[(\d+|'[^']*')\]/g, '.$1').split('.')
  const wanted = at.slice(1).split('/')
  return wanted.every((token, index) => found[index] === undefined || found[index] === token)
}

function dotted(at: string): string {
  return at
    .slice(1)
    .replaceAll(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.')
}
