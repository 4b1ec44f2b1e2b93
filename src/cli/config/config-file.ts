// Reads responses-conformance.config.yaml: targets by name, their selection, and the gate.

import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { loadContract } from '../../contract/file/load.ts'
import { listFeatures } from '../../plan/load-suites-and-reporters.ts'
import { listLackWords } from '../../plan/requirements/what-a-set-up-lacks.ts'
import { MOST_WRITTEN_BYTES, readForeignText } from '../../base/check-foreign-names.ts'
import { ContractError, UsageError, type FileProblem } from '../../base/errors.ts'
import { isObject, token, spell } from '../../base/json.ts'
import { findSecret } from '../../base/find-pasted-key.ts'
import type { Json, JsonObject } from '../../types/index.ts'
import { isSecretHeader } from '../../target/redact.ts'
import { readYamlFile, type UnplacedProblem } from '../../contract/file/check-yaml-file.ts'
import { findClosestName } from '../../base/closest-name.ts'
import type { TargetOptions } from '../../target/resolve-targets.ts'
import type { Choices } from '../../run/options.ts'
import { resolvePath, getEnvironment } from '../../base/current-environment.ts'

export const CONFIG_FILE = 'responses-conformance.config.yaml'

export interface Config {
  readonly file: string
  readonly targets: Readonly<Record<string, TargetOptions>>
  readonly choices: Choices
}

/** The named file, or the one in the working folder, if there is one. */
export function findConfig(named: string | undefined): Config | undefined {
  if (named === undefined)
    return existsSync(resolvePath(CONFIG_FILE)) ? readConfig(CONFIG_FILE) : undefined
  if (statSync(resolvePath(named), { throwIfNoEntry: false })?.isFile() !== true) {
    throw new UsageError(
      `There is no configuration "${named}": give the path of a YAML file; "init --config" writes one`,
    )
  }
  return readConfig(named)
}

/** Throws a `ContractError` with every mistake of the file, those of its contracts included. */
function readConfig(file: string): Config {
  const path = resolvePath(file)
  const folder = dirname(path)
  const beside: FileProblem[] = []
  const { document, problems } = readYamlFile(
    readForeignText(path, MOST_WRITTEN_BYTES, 'a YAML file'),
    file,
    {
      schema: 'config.schema.json',
      form: 'YAML; "init --config" writes one to start from',
      stranger: {
        wrong: 'this is no configuration',
        write: 'a mapping that begins with "targets:"; "init --config" writes one to start from',
      },
      lint: (written) => lintConfig(written, folder, beside),
    },
  )
  if (problems.length + beside.length > 0) throw new ContractError([...problems, ...beside])
  return configOf(file, document, folder)
}

// ── what the schema cannot see ───────────────────────────────────────────────

function lintConfig(
  document: JsonObject,
  folder: string,
  beside: FileProblem[],
): readonly UnplacedProblem[] {
  const suites = listFeatures()
  return [
    ...secrets(document, ''),
    ...list(document['suites']).flatMap((name, index) =>
      typeof name !== 'string' || suites.includes(name)
        ? []
        : [unknownSuite(name, suites, `/suites/${index}`)],
    ),
    ...Object.entries(object(document['targets'])).flatMap(([name, target]) =>
      lintTargets(name, object(target), folder, beside),
    ),
  ]
}

function unknownSuite(name: string, suites: readonly string[], pointer: string): UnplacedProblem {
  const guess = findClosestName(name, suites)
  const write = guess === undefined ? `one of ${suites.join(', ')}` : `"${guess}"`
  return { pointer, wrong: `there is no suite "${name}"`, write }
}

function lintTargets(
  name: string,
  target: JsonObject,
  folder: string,
  beside: FileProblem[],
): readonly UnplacedProblem[] {
  const pointer = `/targets/${token(name)}`
  const found: UnplacedProblem[] = []
  if (!/^[A-Za-z0-9][\w.-]{0,99}$/.test(name)) {
    const write = 'a name of at most 100 letters, digits, ".", "_" and "-"'
    found.push({ pointer, wrong: `"${name}" cannot be typed as a target`, write, key: true })
  }
  for (const [header, value] of Object.entries(object(target['headers']))) {
    const at = `${pointer}/headers/${token(header)}`
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(header)) {
      const write = 'a name such as X-Region'
      found.push({ pointer: at, wrong: `"${header}" is no header name`, write, key: true })
    } else if (isSecretHeader(header) && typeof value === 'string' && !value.includes('${')) {
      const wrong = `a literal "${header}" would be a secret in a file`
      const write = 'api-key-env for the key, or the name of a variable: "${NAME}"'
      found.push({ pointer: at, wrong, write })
    }
  }
  const words = listLackWords()
  for (const [index, word] of list(object(target['setup'])['lacks']).entries()) {
    if (typeof word !== 'string' || words.includes(word)) continue
    const wrong = `there is no feature or capability "${word}"`
    const guess = findClosestName(word, words)
    const write =
      guess === undefined
        ? 'a feature or capability of capabilities.csv in a report, or "model"'
        : `"${guess}"`
    found.push({ pointer: `${pointer}/setup/lacks/${index}`, wrong, write })
  }
  const ca = target['ca']
  if (typeof ca === 'string' && !existsSync(resolve(folder, ca))) {
    const write = 'the path of a PEM file, seen from the folder of this file'
    found.push({ pointer: `${pointer}/ca`, wrong: `there is no file "${ca}"`, write })
  }
  const profile = profileOf(target['contract'], folder, `${pointer}/contract`, found, beside)
  if (profile === undefined) return found
  if (target['base-url'] === undefined && profile.baseUrl === undefined) {
    const write = 'add "base-url": the base URL as an SDK takes it, or a contract that has one'
    found.push({ pointer, wrong: 'this target has no address', write })
  }
  if (target['model'] === undefined && profile.model === undefined) {
    const write = 'add "model": a model for text and tools'
    found.push({ pointer, wrong: 'this target has no model', write })
  }
  return found
}

/** What the contract knows already; undefined when it cannot be read. */
function profileOf(
  contract: Json | undefined,
  folder: string,
  pointer: string,
  found: UnplacedProblem[],
  beside: FileProblem[],
): { readonly baseUrl?: string | undefined; readonly model?: string | undefined } | undefined {
  if (typeof contract !== 'string') return {}
  try {
    const { profile } = loadContract(contractPath(contract, folder))
    return { baseUrl: profile?.baseUrl, model: profile?.models.text }
  } catch (error) {
    if (error instanceof ContractError) beside.push(...error.problems)
    else if (error instanceof UsageError) {
      const write = 'the path of a contract, seen from the folder of this file, or a shipped id'
      found.push({ pointer, wrong: `there is no contract "${contract}"`, write })
    } else throw error
    return undefined
  }
}

function secrets(value: Json, pointer: string): readonly UnplacedProblem[] {
  if (typeof value === 'string') {
    const secret = findSecret(value)
    if (secret === undefined) return []
    const wrong = `this looks like a key: ${secret}`
    const write =
      'the name of an environment variable, and take the key out of the history of the file'
    return [{ pointer, wrong, write }]
  }
  if (Array.isArray(value)) {
    return value.flatMap((entry: Json, index) => secrets(entry, `${pointer}/${index}`))
  }
  return Object.entries(object(value)).flatMap(([key, inner]) =>
    secrets(inner, `${pointer}/${token(key)}`),
  )
}

// ── a sound file → options ───────────────────────────────────────────────────

function configOf(file: string, document: JsonObject, folder: string): Config {
  const { targets, suites, checks, levels, reporters, load, baseline, out, ...same } = document
  return {
    file,
    targets: Object.fromEntries(
      Object.entries(object(targets)).map(([name, target]) => [
        name,
        optionsOf(object(target), folder),
      ]),
    ),
    // The schema has seen the types.
    choices: present({
      ...same,
      suite: suites,
      check: checks,
      level: levels,
      reporter: reporters,
      load: Array.isArray(load)
        ? load.map((module) => relative(getEnvironment().cwd, resolve(folder, spell(module))))
        : undefined,
      baseline: typeof baseline === 'string' ? resolve(folder, baseline) : undefined,
      out: typeof out === 'string' ? resolve(folder, out) : undefined,
    }) as Choices,
  }
}

function optionsOf(target: JsonObject, folder: string): TargetOptions {
  const { headers, contract, ca, ...rest } = target
  const same = Object.entries(rest).map(([key, value]) => [
    key.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ])
  return present({
    ...Object.fromEntries(same),
    contract: typeof contract === 'string' ? contractPath(contract, folder) : undefined,
    ca: typeof ca === 'string' ? resolve(folder, ca) : undefined,
    header: isObject(headers)
      ? Object.entries(headers).map(([name, value]) => `${name}: ${spell(value)}`)
      : undefined,
  }) as TargetOptions
}

/** A file beside the configuration where there is one; the id of a shipped contract otherwise. */
function contractPath(contract: string, folder: string): string {
  const file = join(folder, contract)
  return existsSync(file) || existsSync(file.replace(/#\/.*$/, '')) ? file : contract
}

function present(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined))
}

function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}
