import { register } from '../../src/vitest/register.ts'

await register(import.meta.url)
