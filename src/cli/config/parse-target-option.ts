// Targets written on the command line: `name=http://localhost:1234/v1,model=m,api-key-env=KEY`.

import { UsageError } from '../../base/errors.ts'
import { createUnknownNameError } from '../../base/closest-name.ts'
import type { TargetOptions } from '../../target/resolve-targets.ts'

const TEXTS = {
  model: 'model',
  'vision-model': 'visionModel',
  'reasoning-model': 'reasoningModel',
  'api-key-env': 'apiKeyEnv',
  'second-key-env': 'secondKeyEnv',
  contract: 'contract',
  proxy: 'proxy',
  ca: 'ca',
} as const
const NUMBERS = {
  concurrency: 'concurrency',
  rate: 'rate',
  deadline: 'deadline',
  'first-byte': 'firstByte',
} as const

const FORM = 'NAME=URL[,model=MODEL][,api-key-env=VARIABLE][,contract=ID]'

/** The names and options of each; names must differ. */
export function parseInlineTargets(
  written: readonly string[],
): Readonly<Record<string, TargetOptions>> {
  const targets = new Map<string, TargetOptions>()
  for (const text of written) {
    const [head, ...rest] = text.split(',')
    const [, name, baseUrl] = /^([A-Za-z0-9][\w.-]{0,99})=(https?:\/\/.+)$/.exec(head!) ?? []
    if (name === undefined || baseUrl === undefined) {
      throw new UsageError(`--target "${text}" is not of the form ${FORM}`)
    }
    if (targets.has(name)) throw new UsageError(`Two targets are called "${name}"`)
    targets.set(name, { baseUrl, ...Object.assign({}, ...rest.map((part) => option(part, text))) })
  }
  return Object.fromEntries(targets)
}

function option(part: string, whole: string): TargetOptions {
  const at = part.indexOf('=')
  const key = at < 0 ? part : part.slice(0, at)
  const value = at < 0 ? '' : part.slice(at + 1)
  if (value === '')
    throw new UsageError(`--target "${whole}": "${part}" is not of the form key=value`)
  if (Object.hasOwn(TEXTS, key)) return { [TEXTS[key as keyof typeof TEXTS]]: value }
  const known = [...Object.keys(TEXTS), ...Object.keys(NUMBERS)]
  if (!Object.hasOwn(NUMBERS, key)) {
    throw createUnknownNameError('option of a target', key, known, `There are: ${known.join(', ')}`)
  }
  const number = Number(value)
  if (Number.isInteger(number) && number > 0) {
    return { [NUMBERS[key as keyof typeof NUMBERS]]: number }
  }
  throw new UsageError(`--target "${whole}": ${key} is a whole number above 0`)
}
