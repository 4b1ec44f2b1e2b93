import { unsure } from '../../src/authoring/define.ts'
import { listBlamed } from '../../src/authoring/judge-refusal.ts'
import type { Exchange, Judgement } from '../../src/types/index.ts'
import type { ParameterTrial } from './parameter-values.ts'

/**
 * The parameter that a refusal blames; undefined when it names none of them.
 */
export function findBlamed(
  exchange: Exchange,
  trials: readonly ParameterTrial[],
): ParameterTrial | undefined {
  for (const name of listBlamed(exchange)) {
    const blamed = trials.find((trial) => trial.name === name) ?? trials.find(isAbout(name))
    if (blamed !== undefined) return blamed
  }
  return undefined
}

/** `tools[0].name` is about `tools`, and `text` about `text.verbosity`. */
function isAbout(path: string): (trial: ParameterTrial) => boolean {
  const [field = ''] = path.split(/[.[]/)
  return ({ name }) => name === field || name.startsWith(`${path}.`)
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
