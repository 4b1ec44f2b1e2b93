// What is installed and built with is named, argued and pinned.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { packageRoot } from '../../../src/base/package-root.ts'

const read = (file: string): string => readFileSync(join(packageRoot, file), 'utf8')
const workflows = readdirSync(join(packageRoot, '.github', 'workflows')).map(
  (name) => `.github/workflows/${name}`,
)

interface Workflow {
  readonly on: object
  readonly permissions?: object
  readonly jobs: Readonly<Record<string, { readonly permissions?: object }>>
}

test('every dependency is argued for', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as {
    dependencies: object
    devDependencies: object
  }
  const page = read('docs/dependencies.md')
  const rows = page.split('\n').filter((line) => /^\| [a-z]/.test(line))
  const missing = Object.keys(dependencies).filter(
    (name) =>
      !rows.some((row) =>
        row
          .split('|')[1]!
          .split(',')
          .some((one) => one.trim() === name),
      ),
  )
  expect(missing).toEqual([])
  const named = Object.keys(devDependencies).filter((name) => !name.startsWith('@types/'))
  expect(named.filter((name) => !page.includes(name))).toEqual([])
})

test('every package of the lock file has its hash, and one runs a script when it is installed', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<
      string,
      {
        integrity?: string
        link?: boolean
        dev?: boolean
        hasInstallScript?: boolean
        optional?: boolean
      }
    >
  }
  const installed = Object.entries(packages).filter(
    ([path, { link }]) => path !== '' && link !== true,
  )
  expect(installed.filter(([, { integrity }]) => integrity === undefined)).toEqual([])
  const scripts = installed.filter(
    ([, { hasInstallScript, dev, optional }]) =>
      hasInstallScript === true && dev !== true && optional !== true,
  )
  // It checks its own program, which optional packages bring along.
  expect(scripts.map(([path]) => path)).toEqual(['node_modules/esbuild'])
})

test.each([...workflows, 'action.yml'])('%s names actions by commit', (file) => {
  const used = [...read(file).matchAll(/^\s*(?:- )?uses: (\S+)/gm)].map(([, action]) => action!)
  expect(used.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([])
})

test.each(workflows)('%s gives a fork no token that writes, and no secret', (file) => {
  const text = read(file)
  const { on, permissions, jobs } = parse(text) as Workflow
  expect(Object.keys(on)).not.toContain('pull_request_target')
  expect(permissions).toEqual({ contents: 'read' })
  expect(text.match(/actions\/checkout@/g)).toHaveLength(
    text.match(/persist-credentials: false/g)?.length ?? 0,
  )
  if (!('pull_request' in on)) return
  expect(text).not.toMatch(/secrets\.|github\.token/)
  for (const job of Object.values(jobs)) expect(job.permissions).toBeUndefined()
})
