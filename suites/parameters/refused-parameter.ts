import { unsure } from '../../src/authoring/define.ts'
import { errorOf } from '../../src/authoring/judge-refusal.ts'
import type { Exchange, Judgement } from '../../src/types/index.ts'
import type { ParameterTrial } from './parameter-values.ts'

/**
 * The parameter that a refusal blames; undefined when it names none of them. A word of the message
 * counts only where it stands as a name: `include` is also a verb.
 */
export function findBlamed(
  exchange: Exchange,
  trials: readonly ParameterTrial[],
): ParameterTrial | undefined {
  const { param, message } = errorOf(exchange) ?? {}
  const named = [
    ...(typeof param === 'string' ? [param] : []),
    ...(typeof message === 'string' ? namesIn(message) : []),
  ]
  for (const name of named) {
    const blamed = trials.find((trial) => trial.name === name) ?? trials.find(isAbout(name))
    if (blamed !== undefined) return blamed
  }
  return undefined
}

/** Quoted, called a parameter, of a form that no word has, or what the sentence is about. */
const NAMES: readonly RegExp[] = [
  /[`'"]([\w.[\]]+)[`'"]/g,
  /\b(?:parameter|field|argument|property):? +([\w.[\]]+)/gi,
  /\b([a-z]+(?:_[a-z]+|[.[][\w.[\]]*\w)[\w.[\]]*)/g,
  /^([\w.[\]]+)(?=:| is | are | must | should | cannot )/g,
]

function namesIn(message: string): readonly string[] {
  return NAMES.flatMap((name) => [...message.matchAll(name)].map(([, found]) => found!))
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
