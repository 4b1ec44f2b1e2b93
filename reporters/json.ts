import { serializeRun } from '../src/result/run-json.ts'
import type { Reporter } from '../src/types/index.ts'

const json: Reporter = {
  name: 'json',
  title: 'run.json: the whole result, for machines and for comparing two runs',
  render: (run) => ({ 'run.json': serializeRun(run) }),
}

export default json
