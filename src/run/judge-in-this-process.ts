// vitest's runner in the command's own process, without the server that would transform modules for it: for checks,
// contracts and a provider of our own. Nothing can end a test here that never comes back.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { File, VitestRunner } from '@vitest/runner'
import { HarnessError } from '../base/errors.ts'
import { codeRoot } from '../base/package-root.ts'
import type { Case } from '../plan/plan.ts'
import { createSession, SESSION_PARAMETER, shareSession, type RunSpec } from './session.ts'
import type { Judging } from './start-judging-process.ts'

/** The runner collects the tests of one session at a time. */
let before: Promise<unknown> = Promise.resolve()

/** Judges planned cases; only where modules are compiled are they the runner's as well. */
export async function startHere(
  spec: RunSpec,
  planned: readonly (readonly Case[])[],
): Promise<Judging> {
  const stop = new AbortController()
  const opening = createSession(spec, stop, planned)
  shareSession(spec.id, opening)
  const session = await opening
  const running = before.then(() => runTests(spec.id))
  before = running.catch(() => undefined)
  let files: readonly File[] = []
  return {
    done: running.then((found) => (files = found)),
    stop: () => stop.abort(new Error('the run was stopped')),
    causeOfDeath: () => undefined,
    throwIfBroken() {
      const broken = files.flatMap(({ result }) => result?.errors ?? [])[0]
      if (broken !== undefined) throw new HarnessError(broken.stack ?? broken.message)
    },
    async close() {
      await session.close()
    },
  }
}

async function runTests(id: string): Promise<readonly File[]> {
  const { startTests } = await import('@vitest/runner')
  const runner: VitestRunner = {
    config: {
      root: codeRoot,
      setupFiles: [],
      name: undefined,
      passWithNoTests: false,
      testNamePattern: undefined,
      allowOnly: true,
      sequence: { concurrent: true, seed: 0, hooks: 'stack', setupFiles: 'list' },
      chaiConfig: undefined,
      maxConcurrency: 1_000_000,
      testTimeout: 0,
      hookTimeout: 0,
      retry: 0,
      includeTaskLocation: false,
      tags: [],
      tagsFilter: undefined,
      strictTags: false,
    },
    // A module of its own for each session: what was imported before registers nothing.
    importFile: (file) => import(`${pathToFileURL(file).href}?${SESSION_PARAMETER}=${id}`),
  }
  return startTests([join(codeRoot, 'src', 'vitest', 'all.js')], runner)
}
