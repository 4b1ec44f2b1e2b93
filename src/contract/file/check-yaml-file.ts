// Reads a YAML file that a person wrote, and reports all its problems at once, each with its line and what
// to write instead.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorObject, ValidateFunction } from 'ajv'
import type { Document, ErrorCode, LineCounter, Node } from 'yaml'
import { createAjv } from '../../schema/ajv.ts'
import { createSchemaResolver } from '../../schema/resolved-schema.ts'
import { schemaViolationOf } from '../../schema/violation.ts'
import type { FileProblem } from '../../base/errors.ts'
import { field, isObject, keyIn, token, spell } from '../../base/json.ts'
import { packageRoot } from '../../base/package-root.ts'
import { maskSecrets } from '../../base/find-pasted-key.ts'
import type { Json, JsonObject } from '../../types/index.ts'
import { parseYaml, loadYaml as library } from '../../base/parse-yaml.ts'

/** A mistake before its file and line are known. */
export type UnplacedProblem = Pick<FileProblem, 'pointer' | 'wrong' | 'write'> & {
  /** The key itself is wrong, not its value. */
  readonly key?: boolean
}

/** One kind of file. */
interface FileKind {
  /** Its JSON Schema, a file of `specs`. */
  readonly schema: string
  /** What a file that is no YAML should have been. */
  readonly form: string
  /** What a file without a mapping should have been. */
  readonly stranger: Pick<FileProblem, 'wrong' | 'write'>
  /** What the schema cannot see. */
  lint(document: JsonObject): readonly UnplacedProblem[]
}

export interface YamlFile {
  readonly document: JsonObject
  readonly problems: readonly FileProblem[]
}

export function readYamlFile(text: string, file: string, kind: FileKind): YamlFile {
  const { LineCounter } = library()
  const lines = new LineCounter()
  const { document: yaml, faults } = parseYaml(text, lines)
  const broken = new Map<number, FileProblem>()
  for (const { pos, code, message } of faults) {
    const { line } = lines.linePos(pos[0])
    const wrong = `this is no YAML: ${message.split('\n')[0]!.replace(/ at line .*$/, '')}`
    // What follows the first on a line is mostly its echo.
    if (broken.has(line)) continue
    broken.set(line, { file, line, pointer: '', wrong, write: REMEDIES[code] ?? kind.form })
  }
  if (broken.size > 0) return { document: {}, problems: first([...broken.values()], file) }
  const document = plain(yaml)
  if (document === undefined) {
    return { document: {}, problems: [{ file, pointer: '', ...kind.stranger }] }
  }
  const all = [...lintStructure(document, kind.schema), ...kind.lint(document)]
  const unplacedProblems = all.slice(0, MOST_MISTAKES)
  const problems = unplacedProblems.map(({ key, ...unplaced }): FileProblem => {
    const line = lineOf(yaml, lines, unplaced.pointer, key === true)
    const wrong = maskSecrets(unplaced.wrong)
    return { file, ...(line === undefined ? {} : { line }), ...unplaced, wrong }
  })
  const distinct = new Map(problems.map((one) => [`${one.pointer} ${one.wrong}`, one]))
  return {
    document,
    problems: first(
      [...distinct.values()].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
      file,
      all.length - unplacedProblems.length,
    ),
  }
}

/** Nobody reads more of them at once. */
const MOST_MISTAKES = 200

/** The first mistakes, and that there are more. */
function first(problems: readonly FileProblem[], file: string, left = 0): readonly FileProblem[] {
  const more = Math.max(0, problems.length - MOST_MISTAKES) + left
  if (more === 0) return problems
  const wrong = `${more} more mistakes are not shown`
  const write = 'what the first of them ask, and look again'
  return [...problems.slice(0, MOST_MISTAKES), { file, pointer: '', wrong, write }]
}

/** What to write where the file is no YAML. */
const REMEDIES: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_INDENT: 'the keys of one mapping below each other, and a bracket that closes',
  BAD_SCALAR_START: 'quotes around the text',
  BLOCK_AS_IMPLICIT_KEY: 'quotes around a text that has a colon and a space',
  DUPLICATE_KEY: 'each key once',
  MISSING_CHAR: 'the sign that is missing',
  TAB_AS_INDENT: 'spaces',
  UNEXPECTED_TOKEN: 'quotes around a text with signs of YAML, or a comma between two entries',
}

/** The document as JSON; undefined when it is not a mapping, refers to itself, or multiplies without end. */
function plain(yaml: Document): JsonObject | undefined {
  try {
    const value = JSON.parse(JSON.stringify(yaml.toJS())) as Json
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

interface Compiled {
  readonly schema: JsonObject
  readonly validate: ValidateFunction
}

const compiled = new Map<string, Compiled>()

function compile(file: string): Compiled {
  const known = compiled.get(file)
  if (known !== undefined) return known
  const schema = JSON.parse(readFileSync(join(packageRoot, 'specs', file), 'utf8')) as JsonObject
  const made = { schema, validate: createAjv().compile(schema) }
  compiled.set(file, made)
  return made
}

function lintStructure(document: JsonObject, file: string): readonly UnplacedProblem[] {
  const { schema, validate } = compile(file)
  if (validate(document)) return []
  // Some say nothing of their own.
  const errors = (validate.errors ?? []).slice(0, 4 * MOST_MISTAKES)
  return errors.flatMap((error) => structureProblemOf(schema, error))
}

function structureProblemOf(schema: JsonObject, error: ErrorObject): readonly UnplacedProblem[] {
  const { instancePath, keyword, params } = error
  const parent = error.parentSchema as JsonObject
  if (keyword === 'additionalProperties') {
    const key = spell(params['additionalProperty'])
    const known = Object.keys(isObject(parent['properties']) ? parent['properties'] : {})
    const likely = known.find((one) => alike(one, key))
    const write = likely === undefined ? `one of ${known.join(', ')}` : `"${likely}"`
    return [
      { pointer: `${instancePath}/${token(key)}`, wrong: `unknown key "${key}"`, write, key: true },
    ]
  }
  if (keyword === 'required') {
    const key = spell(params['missingProperty'])
    // The alternatives of a claim are reported once, below.
    if (error.schemaPath.includes('/anyOf/')) return []
    const misspelt = Object.keys(isObject(error.data) ? error.data : {}).some(
      (one) => alike(one, key) && field(parent, `/properties/${token(one)}`) === undefined,
    )
    if (misspelt && parent['additionalProperties'] === false) return []
    const wanted = field(parent, `/properties/${token(key)}/description`)
    const text = typeof wanted === 'string' ? `: ${wanted}` : ''
    return [{ pointer: instancePath, wrong: `"${key}" is missing`, write: `add "${key}"${text}` }]
  }
  if (keyword === 'anyOf') {
    const write = 'add "words" with the sentence of the document, or "says" in your own words'
    return [{ pointer: instancePath, wrong: 'a claim without words', write }]
  }
  const { expected, actual } = schemaViolationOf(
    createSchemaResolver(schema),
    { schema, at: '#' },
    error,
  )
  const description = parent['description']
  const write =
    typeof description !== 'string'
      ? expected
      : keyword === 'pattern'
        ? description
        : `${description} (${expected})`
  const wrong = /^min(Items|Length|Properties)$/.test(keyword)
    ? 'there is too little here'
    : `${actual} does not belong here`
  return [{ pointer: instancePath, wrong, write }]
}

/** One letter more, less or other, or two in the wrong order. */
function alike(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false
  const letters = (word: string) => [...word].toSorted().join('')
  const [long, short] = one.length >= other.length ? [one, other] : [other, one]
  const without = [...long].map((_, index) => long.slice(0, index) + long.slice(index + 1))
  return (
    letters(one) === letters(other) ||
    without.includes(short) ||
    (long.length === short.length && [...long].filter((c, i) => c !== short[i]).length === 1)
  )
}

/** The 1-based line of a pointer, or of the nearest thing above it that exists. */
function lineOf(yaml: Document, lines: LineCounter, pointer: string, key: boolean) {
  const { isMap, isScalar, isSeq } = library()
  let node = yaml.contents as Node | null
  let offset = node?.range?.[0]
  for (const step of pointer.split('/').slice(1)) {
    const name = keyIn(step)
    if (isMap(node)) {
      const pair = node.items.find((one) => isScalar(one.key) && spell(one.key.value) === name)
      if (pair === undefined) break
      offset = (pair.key as Node).range?.[0] ?? offset
      const value = pair.value as Node | null
      if (!key && isScalar(value)) offset = value.range?.[0] ?? offset
      node = value
    } else if (isSeq(node)) {
      node = (node.items[Number(name)] as Node | undefined) ?? null
      offset = node?.range?.[0] ?? offset
    } else break
  }
  return offset === undefined ? undefined : lines.linePos(offset).line
}
