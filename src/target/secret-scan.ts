// Scans what was written before it is handed over, and deletes every file that holds a key in any form.

import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Target } from './target-and-keys.ts'
import { createRedactor } from './redact.ts'

/** A target as it may be written down. */
export function dropSecrets(target: Target): Target {
  const { proxy, keyCommand: _, ...rest } = target
  if (proxy === undefined) return { ...rest, headers: {} }
  const { protocol, host } = new URL(proxy)
  return { ...rest, headers: {}, proxy: `${protocol}//${host}` }
}

/** Scans every file below the folder, deletes those that hold a key, and returns their names. */
export function removeSecrets(folder: string, secrets: readonly string[]): readonly string[] {
  if (secrets.length === 0) return []
  const redactor = createRedactor(secrets)
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const guilty = files.filter((file) => redactor.finds(readFileSync(file)))
  for (const file of guilty) rmSync(file)
  return guilty
}
