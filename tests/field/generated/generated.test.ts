// A small sample of the generated faults: `npm run mutate` asks about all of them.

import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { loadContract } from '../../../src/contract/file/load.ts'
import { watch } from '../../noticed.ts'
import { inTurns } from '../../kill-matrix/turns.ts'
import { generateFaults } from './faults.ts'

const known = parse(readFileSync(new URL('survivors.yaml', import.meta.url), 'utf8')) as Readonly<
  Record<string, string>
>

/** Every so many faults are asked about. */
const STEP = 43

test('the checks notice fields and events that are missing, wrong or null', async () => {
  const provider = await watch('openai', ['clients', 'websocket', 'hosted-tools'])
  try {
    const faults = generateFaults(
      loadContract('openai'),
      provider.told.map(({ reply }) => reply),
    )
    expect(faults.size).toBeGreaterThan(600)
    const survivors: string[] = []
    const sample = [...faults].filter(
      ([name], index) => index % STEP === 0 && known[name] === undefined,
    )
    await inTurns(sample, 4, async ([name, fault]) => {
      const { fail, warn } = await provider.notice(fault, 6)
      if (fail.length + warn.length === 0) survivors.push(name)
    })
    expect(survivors).toEqual([])
  } finally {
    await provider.close()
  }
})
