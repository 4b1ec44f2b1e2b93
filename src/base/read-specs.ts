// The files of `specs`: YAML in the repository, JSON in the compiled package.
//
// Parsing YAML is about a hundred times slower than parsing JSON, so that `npm run build` writes
// `dist/specs/<same path>.json` and the compiled code reads nothing else.

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { HarnessError } from './errors.ts'
import { codeRoot, compiled, packageRoot } from './package-root.ts'
import { loadYaml } from './parse-yaml.ts'

const yamlRoot = join(packageRoot, 'specs')
const jsonRoot = join(codeRoot, 'specs')

/** Paths of the YAML files below a folder of `specs`, relative to `specs`, sorted; the folder itself only, unless `deep`. */
export function listSpecFiles(folder: string, deep = false): readonly string[] {
  const root = compiled ? jsonRoot : yamlRoot
  const from = join(root, folder)
  if (!existsSync(from)) return []
  return readdirSync(from, { recursive: deep, encoding: 'utf8' })
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .filter((name) => name.endsWith(compiled ? '.yaml.json' : '.yaml'))
    .map((name) => (compiled ? name.slice(0, -'.json'.length) : name))
    .toSorted()
}

/** The content of one of `specFiles`. */
export function readSpec(file: string): unknown {
  return compiled
    ? JSON.parse(readFileSync(join(jsonRoot, `${file}.json`), 'utf8'))
    : loadYaml().parse(readFileSync(join(yamlRoot, file), 'utf8'), { uniqueKeys: false })
}

/** Writes every YAML file of `specs` as JSON; the step of the build after `tsc`. */
export function compileSpecs(): readonly string[] {
  if (!compiled) throw new HarnessError('compileSpecs runs from dist, after tsc')
  // What was removed from `specs` must not live on.
  rmSync(jsonRoot, { recursive: true, force: true })
  const names = readdirSync(yamlRoot, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
  for (const name of names) {
    const target = join(jsonRoot, `${name}.json`)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(
      target,
      JSON.stringify(loadYaml().parse(readFileSync(join(yamlRoot, name), 'utf8'))),
    )
  }
  return names
}
