import { defineConfig } from 'vitest/config'
import { watchPlaces } from './tests/branches/places.ts'

// `self` tests this project and is what `npm test` runs; `package` installs what `npm pack` makes.
// `suites` asks a provider: `npx vitest run suites/image`.
export default defineConfig({
  test: {
    reporters:
      process.env['CI'] === undefined
        ? ['default']
        : ['default', ['json', { outputFile: 'results/tests.json' }]],
    projects: [
      {
        // tests/mutants.test.ts asks which places of the suites its mutants reach.
        plugins: [watchPlaces()],
        test: {
          name: 'self',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/package/**'],
          globalSetup: ['tests/build.ts'],
          isolate: false,
          maxWorkers: 2,
          pool: 'threads',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'package',
          include: ['tests/package/*.test.ts'],
          globalSetup: ['tests/build.ts'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'suites',
          include: ['suites/*/*.suite.ts'],
          globalSetup: ['src/vitest/setup.ts'],
          pool: 'threads',
          isolate: false,
          maxWorkers: 1,
          sequence: { concurrent: true },
          maxConcurrency: 1_000_000,
          testTimeout: 0,
          hookTimeout: 30_000,
        },
      },
    ],
  },
})
