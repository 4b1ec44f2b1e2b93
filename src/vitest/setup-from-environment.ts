// For a person who runs a suite with vitest alone: `npx vitest run suites/image`.
//
// The target comes from the environment: RESPONSES_CONFORMANCE_TARGET (a shipped contract's id),
// RESPONSES_CONFORMANCE_BASE_URL, RESPONSES_CONFORMANCE_MODEL, RESPONSES_CONFORMANCE_KEY_ENV.
// Without any of them the built-in reference provider is asked.

import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startBuiltIn } from '../run/built-in-provider.ts'
import { resolveTargets } from '../target/resolve-targets.ts'
import { isLoopback, serveFixtures } from '../request/serve-fixtures.ts'
import { createRandom } from '../request/builder.ts'
import { packageRoot } from '../base/package-root.ts'
import { equipTarget, prepareFolder } from '../run/run-in-worker.ts'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const env = (name: string): string | undefined => process.env[`RESPONSES_CONFORMANCE_${name}`]
  const [id, baseUrl, model, apiKeyEnv] = ['TARGET', 'BASE_URL', 'MODEL', 'KEY_ENV'].map(env)
  // Whoever names a suite wants it, also one that is off by default.
  const suite = ['websocket', 'hosted-tools']
  const builtIn =
    id === undefined && baseUrl === undefined ? await startBuiltIn({ suite }) : undefined
  const targets =
    builtIn?.targets ??
    resolveTargets(id === undefined ? [] : [id], {
      suite,
      ...(baseUrl === undefined ? {} : { baseUrl }),
      ...(model === undefined ? {} : { model }),
      ...(apiKeyEnv === undefined ? {} : { apiKeyEnv }),
    })
  const out = join(packageRoot, 'results', 'vitest')
  prepareFolder(out)
  const runId = `vitest-${Date.now()}`
  const fixtures = targets.some(({ baseUrl }) => isLoopback(baseUrl))
    ? await serveFixtures(createRandom(runId))
    : undefined
  project.provide('run', {
    id: runId,
    targets: targets.map((target) => equipTarget(target, fixtures)),
    selection: { suites: 'all' },
    out,
    seed: runId,
    attempts: 2,
  })
  return async () => {
    await builtIn?.close()
    await fixtures?.close()
  }
}
