import {
  defineCheck,
  defineFamily,
  holds,
  notShown,
  refused,
  unsure,
  violated,
} from '../../../src/authoring/define.ts'
import { isObject, parse, sent, show } from '../../../src/authoring/read.ts'
import { quoteReply, isSaidUnsupported } from '../../../src/authoring/judge-refusal.ts'
import type { Check, Exchange, Json } from '../../../src/types/index.ts'
import { refuseParameter } from '../../common/refusals.ts'
import { findBlamed, doubtOvershadowed } from '../refused-parameter.ts'
import { PARAMETER_REQUIREMENTS, requirementsOf } from '../requirements-of.ts'
import {
  settingsOf,
  valueSettingsOf,
  type ParameterSetting,
  type ParameterTrial,
} from '../parameter-values.ts'

export default defineFamily({
  id: 'parameters/accepted',
  title: 'Each documented parameter is taken, at both ends of its range',
  covers: ['own-parameter-accepted', 'transport-create-path', ...PARAMETER_REQUIREMENTS],
  cases: (contract) => [
    ...settingsOf(contract).flatMap((setting) => [
      together(setting, `together-${setting.scenario.id.split('/')[1]?.split('-')[0]}`),
      ...setting.trials.map((trial) => taken(setting, trial, nameOf(setting, trial))),
    ]),
    ...valueSettingsOf(contract).flatMap((setting, index) => [
      together(setting, `together-values-${index + 1}`),
      ...setting.trials.map((trial) =>
        taken(setting, trial, `${trial.name}-${wordFor(trial.value)}`, true),
      ),
    ]),
  ],
})

function nameOf({ scenario }: ParameterSetting, { name, value, isOther }: ParameterTrial): string {
  if (isOther === true) return `${name}-${Array.isArray(value) ? 'everything' : wordFor(value)}`
  return `${name}${scenario.id.startsWith('parameters/highest') ? '-at-most' : ''}`
}

/** A value as part of an id. */
function wordFor(value: Json): string {
  if (typeof value === 'string' && value.length > 32) return `${value.length}-characters`
  if (isObject(value) && Object.keys(value).length === 0) return 'empty'
  if (typeof value === 'string' && /^(.)\1{8,}$/.test(value)) return `${value.length}-characters`
  const word = (typeof value === 'string' ? value : JSON.stringify(value)).toLowerCase()
  const plain = word.replaceAll(/[^a-z0-9.-]+/g, '-').replaceAll(/^-(?!\d)|-$/g, '')
  return plain === '' ? 'nothing' : plain.slice(0, 32)
}

const UNKNOWN = /\b(?:unknown|unrecognized)\b/i

function taken(
  { scenario, trials }: ParameterSetting,
  trial: ParameterTrial,
  id: string,
  isOneOfSeveral = false,
): Check {
  const { at, name, value } = trial
  return defineCheck({
    id: `parameters/accepted/${id}`,
    title: `${name} may be ${show(value, 40)}`,
    kind: 'wire',
    scenario,
    covers: ['own-parameter-accepted', ...requirementsOf(trial.at)],

    judge({ ask }, { yardstick }) {
      const left = ask.leftOut?.find(({ field }) => field === at.split('/')[1])
      if (left?.isDependent === true)
        return unsure('prerequisite', 'it means nothing without what was refused')
      // Who documents a parameter, and then does not know it, has refused what it offers.
      const isOwnUnknown = yardstick === 'own' && UNKNOWN.test(left?.said ?? '')
      if (left?.isUnsupported === true && !isOwnUnknown)
        return isOneOfSeveral ? notShown(left.said) : refused(left.said)
      if (left !== undefined) {
        return violated({
          step: 'ask',
          at: 'status',
          kind: 'value',
          about: [at],
          expected: `a 2xx status: ${name} may be ${show(value)}`,
          actual: `${left.said}, and an answer without it`,
        })
      }
      if (isTaken(ask)) return isAsked(ask, at, value) ? holds : OTHERWISE
      if (findBlamed(ask, trials) !== trial) return doubtOvershadowed(ask, trials)
      // Some models have no sampling to control, and some servers no tools, and say so.
      if (isSaidUnsupported(ask)) {
        // Which of the documented values a model has is its own.
        return isOneOfSeveral ? notShown(quoteReply(ask)) : refused(quoteReply(ask))
      }
      return violated({
        step: 'ask',
        at: 'status',
        expected: `a 2xx status: ${name} may be ${show(value)}`,
        actual: quoteReply(ask),
      })
    },

    mutants: [
      {
        story: 'a gateway passes on only the parameters that it knows, and refuses the rest',
        reply: (reply, { text }) =>
          text.includes(`"${name.split('.').at(-1)}":`) ? refuseParameter(reply, name) : reply,
      },
    ],
  })
}

/** Where nothing else is answered, all is asked as a stream. */
function isAsked(ask: Exchange, at: string, value: Json): boolean {
  return at !== '/stream' || sent(ask)?.['stream'] === value
}

const OTHERWISE = unsure('prerequisite', 'only streams are answered, and it was asked as one')

/** A refusal that blames nobody is told once, not for each parameter. */
function together({ scenario, trials }: ParameterSetting, id: string): Check {
  return defineCheck({
    id: `parameters/accepted/${id}`,
    title: `${scenario.title}: taken, or refused for one of them by name`,
    kind: 'wire',
    scenario,
    covers: ['own-parameter-accepted', 'transport-create-path'],

    judge({ ask }) {
      if (isTaken(ask) || findBlamed(ask, trials) !== undefined) return holds
      return violated({
        step: 'ask',
        at: 'status',
        expected: `a 2xx status for ${trials.map(({ name }) => name).join(', ')}`,
        actual: quoteReply(ask),
      })
    },

    mutants: [
      {
        story: 'a gateway cannot translate a parameter, and says no more than that',
        reply: (reply, { text }) => (hasParameters(text) ? refuseParameter(reply, null) : reply),
      },
    ],
  })
}

/** More than the model and the question. */
function hasParameters(text: string): boolean {
  return Object.keys(parse(text) ?? {}).length > 2
}

function isTaken({ status }: Exchange): boolean {
  return status >= 200 && status < 300
}
