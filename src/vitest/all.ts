// Registers every suite in one file, so that one worker keeps one exact rate limit per provider.

import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { test } from 'vitest'
import { listFeatures, suitesFolder } from '../plan/load-suites-and-reporters.ts'
import { delayOptimization } from '../base/delay-optimization.ts'
import { compiled } from '../base/package-root.ts'
import { registerOwn } from './register.ts'

delayOptimization()
for (const feature of listFeatures()) {
  const file = join(suitesFolder, feature, `${feature}.suite.${compiled ? 'js' : 'ts'}`)
  await import(pathToFileURL(file).href)
}
await registerOwn(listFeatures())

// A continued run may find nothing left to ask, and a file without tests is an error.
test('every question is registered', () => undefined)
