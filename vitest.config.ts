import { defineConfig } from 'vitest/config'
import { watchPlaces } from './tests/checks/branches/places.ts'
import { staleFiles } from './tests/stale-files.ts'

// `self` is what `npm test` runs: no process is started, and nothing but the script of the page is compiled. `process` and
// `field` start the compiled command and programs of others; `package` installs what `npm pack` makes.
// `suites` asks a provider: `npx vitest run suites/image`.
//
// No test has a time limit: a busy machine makes a test slow, never wrong.
const UNLIMITED = { testTimeout: 0, hookTimeout: 0 }
const SHARED_WORKERS = { isolate: false, maxWorkers: 2, pool: 'threads' } as const

const JSON_REPORT: ['json', { outputFile: string }] = ['json', { outputFile: 'results/tests.json' }]

export default defineConfig({
  test: {
    reporters: ['default', staleFiles, ...(process.env['CI'] === undefined ? [] : [JSON_REPORT])],
    projects: [
      {
        // tests/checks/mutants.test.ts asks which places of the suites its mutants reach.
        plugins: [watchPlaces()],
        test: {
          name: 'self',
          include: ['tests/{unit,checks,loopback,cli}/**/*.test.{ts,tsx}'],
          globalSetup: ['tests/own-temp-folder.ts', 'tests/bundle-page.ts'],
          ...SHARED_WORKERS,
          ...UNLIMITED,
        },
      },
      {
        test: {
          name: 'process',
          include: ['tests/process/**/*.test.ts'],
          globalSetup: ['tests/own-temp-folder.ts', 'tests/process/build.ts'],
          ...SHARED_WORKERS,
          ...UNLIMITED,
        },
      },
      {
        test: {
          name: 'field',
          include: ['tests/field/**/*.test.ts'],
          globalSetup: ['tests/own-temp-folder.ts', 'tests/process/build.ts'],
          ...SHARED_WORKERS,
          ...UNLIMITED,
        },
      },
      {
        test: {
          name: 'package',
          include: ['tests/package/*.test.ts'],
          globalSetup: ['tests/own-temp-folder.ts', 'tests/process/build.ts'],
          ...UNLIMITED,
        },
      },
      {
        test: {
          name: 'suites',
          include: ['suites/*/*.suite.ts'],
          globalSetup: ['src/vitest/setup-from-environment.ts'],
          pool: 'threads',
          isolate: false,
          maxWorkers: 1,
          sequence: { concurrent: true },
          maxConcurrency: 1_000_000,
          ...UNLIMITED,
        },
      },
    ],
  },
})
