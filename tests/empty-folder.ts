import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export function createEmptyFolder(): string {
  return mkdtempSync(join(tmpdir(), 'responses-conformance-test-'))
}
