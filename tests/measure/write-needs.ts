// Writes into the profile of a client what it was measured to need.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/base/package-root.ts'
import type { ImpactTable } from '../../src/clients/measured-impact.ts'
import { clientProfileOf, type Mode } from '../../src/clients/profile.ts'
import { modeOf } from './mode-of-flow.ts'

const WIDTH = 110

/** Nothing happens to a client without a profile. */
export function writeNeeds(client: string, { needs }: ImpactTable): void {
  const profile = clientProfileOf(client)
  if (profile === undefined) return
  const file = join(packageRoot, 'specs', 'clients', `${client}-${profile.version}.yaml`)
  const text = Object.keys(profile.modes).reduce(
    (known, mode) => {
      const measured = Object.entries(needs).flatMap(([need, byClient]) => {
        const effect = modeOf(client, byClient[client], mode as Mode)
        return effect === 'works' ? [] : [`${need}: ${effect}`]
      })
      const own = new RegExp(`(\\n  ${mode}:\\n(?: {4}.*\\n)*?)    needs: \\{[^}]*\\}`)
      return known.replace(
        own,
        (_, before: string) => before + wrap(`needs: {${measured.join(', ')}}`),
      )
    },
    readFileSync(file, 'utf8'),
  )
  writeFileSync(file, text)
}

function wrap(text: string): string {
  const lines = ['   ']
  for (const word of text.split(' ')) {
    if (lines.at(-1)!.length + word.length >= WIDTH) lines.push('     ')
    lines.push(`${lines.pop()} ${word}`)
  }
  return lines.join('\n')
}
