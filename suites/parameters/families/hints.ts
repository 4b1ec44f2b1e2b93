// A refusal by name says what a server does not offer. Of what asks for nothing it keeps programs out for nothing.

import { defineCheck, defineFamily, verdictOf } from '../../../src/authoring/define.ts'
import { show } from '../../../src/authoring/read.ts'
import { isSaidUnsupported, quoteReply } from '../../../src/authoring/judge-refusal.ts'
import type { Check, Exchange } from '../../../src/types/index.ts'
import { refuseParameter } from '../../common/refusals.ts'
import { findBlamed } from '../refused-parameter.ts'
import { settingsOf, type ParameterSetting, type ParameterTrial } from '../parameter-values.ts'

/** Fields that ask for nothing, and values that are as good as none. */
const HINTS: Readonly<Record<string, true | string>> = {
  '/metadata': true,
  '/prompt_cache_key': true,
  '/prompt_cache_retention': true,
  '/safety_identifier': true,
  '/service_tier': 'auto',
  '/truncation': 'disabled',
  '/user': true,
}

/** A model may have no such thing, whatever its server takes. */
const OF_A_MODEL = /\bmodel\b/i

export default defineFamily({
  id: 'parameters/hints',
  title: 'What asks for nothing is taken, by whoever has no use for it',
  covers: ['par-hints'],
  cases: (contract) =>
    contract.kind === 'yardstick' || contract.kind === 'reference'
      ? settingsOf(contract).flatMap((setting) => {
          const hints = setting.trials.filter(isHint)
          return hints.length === 0 ? [] : [taken(setting, hints)]
        })
      : [],
})

function isHint({ at, value }: ParameterTrial): boolean {
  return HINTS[at] === true || HINTS[at] === value
}

function taken({ scenario }: ParameterSetting, hints: readonly ParameterTrial[]): Check {
  const [{ name }] = hints as readonly [ParameterTrial]
  return defineCheck({
    id: `parameters/hints/${scenario.id.split('/')[1]!.split('-')[0]}`,
    title: `${hints.map((hint) => hint.name).join(', ')}: taken, whatever becomes of it`,
    kind: 'wire',
    scenario,
    covers: ['par-hints'],

    judge: ({ ask }) =>
      verdictOf(
        hints.flatMap((hint) => {
          const { at, value } = hint
          const said = refusalOf(hint, ask, hints)
          return said === undefined || OF_A_MODEL.test(said)
            ? []
            : [
                {
                  step: 'ask',
                  at: 'status',
                  kind: 'value' as const,
                  about: [at],
                  expected: `a 2xx status: ${at.slice(1)} may be ${show(value, 40)}`,
                  actual: said,
                },
              ]
        }),
      ),

    mutants: [
      {
        story:
          'a gateway passes on only the parameters that it knows, and calls the rest unsupported',
        reply: (reply, { text }) =>
          text.includes(`"${name}":`)
            ? refuseParameter(reply, name, 'unsupported_parameter')
            : reply,
      },
    ],
  })
}

/** What calls it unsupported: a refusal after which it was left out, or of what was left. */
function refusalOf(
  hint: ParameterTrial,
  ask: Exchange,
  hints: readonly ParameterTrial[],
): string | undefined {
  const left = ask.leftOut?.find(
    ({ field, isUnsupported }) => isUnsupported && `/${field}` === hint.at,
  )
  if (left !== undefined) return `${left.said}, and an answer without it`
  const isBlamed = ask.status >= 400 && isSaidUnsupported(ask) && findBlamed(ask, hints) === hint
  return isBlamed ? quoteReply(ask) : undefined
}
