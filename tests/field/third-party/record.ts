// Writes the recordings that the tests replay: fixtures/recordings/*.json.
//
//     npm run record

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startReference } from '../../../reference/main.ts'
import { packageRoot } from '../../../src/base/package-root.ts'
import { spawnCommand } from '../../process/spawn-command.ts'
import { startAimock } from './aimock.ts'

const KEY = 'a-key-for-a-recording'
/** Small, and still one of each: JSON, a stream, a tool, a structure, memory, a refusal. */
const SCENARIOS = [
  'basic/text',
  'streaming/text',
  'streaming/call',
  'stateful/chain',
  'stateful/unknown-previous',
  'tool/forced',
  'tool/loop',
]

const folder = join(packageRoot, 'fixtures', 'recordings')
mkdirSync(folder, { recursive: true })

async function record(name: string, url: string, model: string): Promise<void> {
  const out = mkdtempSync(join(tmpdir(), 'responses-conformance-record-'))
  const target = `${name}=${url},model=${model},api-key-env=RECORDING_KEY`
  const where = ['--out', out, '--record', join(folder, `${name}.json`), '--quiet']
  const { code, stdout, stderr } = await spawnCommand(
    ['run', '--target', target, '--scenario', ...SCENARIOS, '--seed', 'recording', ...where],
    { env: { RECORDING_KEY: KEY } },
  )
  process.stdout.write(`${name}: exit code ${code}\n${stdout}${stderr}`)
  rmSync(out, { recursive: true, force: true })
}

const reference = await startReference({ keys: [KEY] })
const aimock = await startAimock()
try {
  await record('reference', reference.url, 'reference')
  await record('aimock', aimock.url, 'gpt-x')
} finally {
  await reference.close()
  await aimock.stop()
}
