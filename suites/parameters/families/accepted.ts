import {
  defineCheck,
  defineFamily,
  holds,
  refused,
  unsure,
  violated,
} from '../../../src/authoring/define.ts'
import { parse, show } from '../../../src/authoring/read.ts'
import { quoteReply, isSaidUnsupported } from '../../../src/authoring/judge-refusal.ts'
import type { Check, Exchange } from '../../../src/types/index.ts'
import { refuseParameter } from '../../common/refusals.ts'
import { findBlamed, doubtOvershadowed } from '../refused-parameter.ts'
import { PARAMETER_REQUIREMENTS, requirementsOf } from '../requirements-of.ts'
import { settingsOf, type ParameterSetting, type ParameterTrial } from '../parameter-values.ts'

export default defineFamily({
  id: 'parameters/accepted',
  title: 'Each documented parameter is taken, at both ends of its range',
  covers: ['own-parameter-accepted', 'transport-create-path', ...PARAMETER_REQUIREMENTS],
  cases: (contract) =>
    settingsOf(contract).flatMap((setting) => [
      together(setting),
      ...setting.trials.map((trial) => taken(setting, trial)),
    ]),
})

function taken({ scenario, trials }: ParameterSetting, trial: ParameterTrial): Check {
  const { at, name, value } = trial
  const end = scenario.id.startsWith('parameters/highest') ? '-at-most' : ''
  return defineCheck({
    id: `parameters/accepted/${name}${end}`,
    title: `${name} may be ${show(value, 40)}`,
    kind: 'wire',
    scenario,
    covers: ['own-parameter-accepted', ...requirementsOf(trial.at)],

    judge({ ask }) {
      const left = ask.leftOut?.find(({ field }) => field === at.split('/')[1])
      if (left?.isDependent === true)
        return unsure('prerequisite', 'it means nothing without what was refused')
      if (left?.isUnsupported === true) return refused(left.said)
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
      if (isTaken(ask)) return holds
      if (findBlamed(ask, trials) !== trial) return doubtOvershadowed(ask, trials)
      // Some models have no sampling to control, and some servers no tools, and say so.
      if (isSaidUnsupported(ask)) return refused(quoteReply(ask))
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

/** A refusal that blames nobody is told once, not for each parameter. */
function together({ scenario, trials }: ParameterSetting): Check {
  return defineCheck({
    id: `parameters/accepted/together-${scenario.id.split('/')[1]?.split('-')[0]}`,
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
