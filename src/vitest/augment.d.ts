import type { RunSpec } from './session.ts'

declare module 'vitest' {
  interface ProvidedContext {
    run: RunSpec
  }
}
