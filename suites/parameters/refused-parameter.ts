import { unsure } from '../../src/authoring/define.ts'
import { errorOf } from '../../src/authoring/refusal.ts'
import type { Exchange, Judgement } from '../../src/types/index.ts'
import type { ParameterTrial } from './parameter-values.ts'

/** The parameter that a refusal blames; undefined when it names none of them. */
export function findBlamed(
  exchange: Exchange,
  trials: readonly ParameterTrial[],
): ParameterTrial | undefined {
  const error = errorOf(exchange)
  const { param, message } = error ?? {}
  const named = trials.find(
    ({ name }) =>
      typeof param === 'string' && (param === name || param.startsWith(`${name.split('.')[0]}.`)),
  )
  if (named !== undefined || typeof message !== 'string') return named
  const words = new Set(message.split(/[^A-Za-z_.]+/))
  // Longer names first, so that `n` is not found in the midst of another.
  return trials
    .toSorted((a, b) => b.name.length - a.name.length)
    .find(({ name }) => words.has(name) || words.has(name.split('.').at(-1) ?? name))
}

/** Why nothing can be said about a parameter whose request was refused for another. */
export function doubtOvershadowed(
  exchange: Exchange,
  trials: readonly ParameterTrial[],
): Judgement {
  const culprit = findBlamed(exchange, trials)
  const because = culprit === undefined ? 'no parameter in particular' : culprit.name
  return unsure('prerequisite', `the request was refused (${exchange.status}), blaming ${because}`)
}
