// The JUnit report by its published schema, as a program of others reads it.

import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import junit from '../../reporters/junit.ts'
import { createEmptyFolder } from '../empty-folder.ts'
import { hostileExchange, hostileRun } from '../unit/reporters/large.ts'
import { sampleRun } from '../unit/reporters/sample.ts'

const xmllint = spawnSync('xmllint', ['--version']).status === 0
if (!xmllint) console.warn('SKIPPED: junit.xml against its schema, there is no xmllint')

test.skipIf(!xmllint).each([
  ['the sample', sampleRun()],
  ['an attack', hostileRun()],
] as const)('junit: valid by its schema, %s', (_, run) => {
  const file = join(createEmptyFolder(), 'junit.xml')
  const [text] = Object.values(junit.render(run, { evidence: hostileExchange, color: false }))
  writeFileSync(file, text!)
  const { status, stderr } = spawnSync(
    'xmllint',
    ['--noout', '--nonet', '--schema', 'tests/unit/reporters/junit.xsd', file],
    { encoding: 'utf8' },
  )
  expect(stderr.replace(file, 'junit.xml').trim()).toBe('junit.xml validates')
  expect(status).toBe(0)
})
