import {
  defineCheck,
  defineFamily,
  mapResponse,
  notShown,
  verdictOf,
} from '../../../src/authoring/define.ts'
import { field, response, show } from '../../../src/authoring/read.ts'
import type {
  Check,
  Contract,
  Exchange,
  JsonObject,
  RequirementId,
} from '../../../src/types/index.ts'
import { replaceAt } from '../../common/mutants.ts'
import { isPartMissing } from '../../common/json-contains.ts'
import { doubtOvershadowed } from '../refused-parameter.ts'
import { PARAMETER_REQUIREMENTS, requirementsOf } from '../requirements-of.ts'
import { settingsOf, type ParameterSetting, type ParameterTrial } from '../parameter-values.ts'

/** Whose absence weighs less than that of the others, and is told by itself. */
const BY_ITSELF: readonly string[] = ['/user', '/background', '/max_tool_calls']

/** What OpenAI's schema leaves optional, and its sentences promise. */
const TOLD: Readonly<Record<string, RequirementId>> = {
  '/service_tier': 'par-service-tier-told',
  '/truncation': 'par-truncation-echo',
}

/** What comes back is judged where tools are judged. */
const ELSEWHERE: readonly string[] = ['/tools', '/tool_choice', '/stream']

export default defineFamily({
  id: 'parameters/echoed',
  title: 'Each parameter that the response has as well comes back as it was sent',
  covers: ['own-parameter-echoed', 'par-service-tier-told', ...PARAMETER_REQUIREMENTS],
  cases: (contract) =>
    // One end of a range shows whether a value comes back.
    settingsOf(contract)
      .filter(({ scenario }) => !scenario.id.startsWith('parameters/highest'))
      .flatMap((setting) => {
        const trials = setting.trials.filter(
          ({ at, isOther }) => isOther !== true && hasEcho(contract, at) && !ELSEWHERE.includes(at),
        )
        const optional = trials.filter(({ at }) => mayLack(contract, at) && !BY_ITSELF.includes(at))
        const told = optional.filter(({ at }) => Object.hasOwn(TOLD, at))
        const absent = contract.kind === 'yardstick' ? told : contract.isTried ? [] : optional
        return [
          ...trials.map((trial) => echoed(setting, trial)),
          // What a published schema leaves optional may be missing, unless a sentence says otherwise.
          ...(absent.length === 0 ? [] : [present(setting, absent, contract)]),
        ]
      }),
})

function isLeftOut({ leftOut = [] }: Exchange, at: string): boolean {
  return leftOut.some(({ field: name }) => name === at.split('/')[1])
}

function hasEcho(contract: Contract, pointer: string): boolean {
  return contract.responseFields.some(({ at }) => at === pointer)
}

function mayLack(contract: Contract, pointer: string): boolean {
  return contract.responseFields.some(({ at, required }) => at === pointer && !required)
}

/** What does not come back at all is told once; fields that have to be there have their family. */
function present(
  { scenario, trials: all }: ParameterSetting,
  trials: readonly ParameterTrial[],
  { kind }: Contract,
): Check {
  const covers = trials.flatMap(({ at }) => (kind === 'yardstick' ? TOLD[at]! : requirementsOf(at)))
  return defineCheck({
    id: `parameters/echoed/all-${scenario.id.split('/')[1]?.split('-')[0]}`,
    title: 'What was sent comes back in the fields that the response has for it',
    kind: 'wire',
    scenario,
    covers: [
      ...(kind === 'yardstick' ? [] : (['own-parameter-echoed'] as const)),
      ...new Set(covers),
    ],

    judge({ ask }) {
      if (ask.status < 200 || ask.status > 299) return doubtOvershadowed(ask, all)
      return verdictOf(
        trials
          .filter(({ at }) => !isLeftOut(ask, at) && field(response(ask), at) === undefined)
          .map(({ at, value }) => ({
            step: 'ask',
            at,
            expected: at === '/service_tier' ? 'the name of a tier' : show(value),
            actual: 'absent',
          })),
      )
    },

    mutants: [
      {
        story: 'a lean server leaves out every field that it need not send',
        reply: (reply) =>
          mapResponse(reply, (body) =>
            trials.reduce<JsonObject>((rest, { at }) => replaceAt(rest, at, undefined), body),
          ),
      },
    ],
  })
}

function echoed(
  { scenario, trials }: ParameterSetting,
  { at, name, value }: ParameterTrial,
): Check {
  return defineCheck({
    id: `parameters/echoed/${name}`,
    title: `${name} comes back as ${show(value, 40)}`,
    kind: 'wire',
    scenario,
    covers: ['own-parameter-echoed', ...requirementsOf(at)],
    promises: [`response ${at}`],

    judge({ ask }) {
      if (ask.status < 200 || ask.status > 299) return doubtOvershadowed(ask, trials)
      if (isLeftOut(ask, at)) return notShown('it was refused, which is told elsewhere')
      const actual = field(response(ask), at)
      if (actual === undefined && !BY_ITSELF.includes(at))
        return notShown('the field is not there, which is told elsewhere')
      // The tier that served a request may differ from the one that was asked for.
      const isKept =
        at === '/service_tier'
          ? typeof actual === 'string' && actual !== ''
          : !isPartMissing(actual, value)
      const expected = at === '/service_tier' ? 'the name of a tier' : show(value)
      return verdictOf(isKept ? [] : [{ step: 'ask', at, expected, actual: show(actual) }])
    },

    mutants: [
      {
        story: 'a server reports its own settings instead of those of the request',
        reply: (reply) => mapResponse(reply, (body) => replaceAt(body, at, null)),
      },
    ],
  })
}
