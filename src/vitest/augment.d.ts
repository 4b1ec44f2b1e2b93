import type { RunSpec } from '../run/session.ts'

declare module 'vitest' {
  interface ProvidedContext {
    run: RunSpec
  }
}
