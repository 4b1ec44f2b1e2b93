import { registerSuite } from '../../src/vitest/register.ts'

await registerSuite(import.meta.url)
