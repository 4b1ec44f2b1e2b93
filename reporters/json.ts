import { runText } from '../src/run-file.ts'
import type { Reporter } from '../src/types.ts'

const json: Reporter = {
  name: 'json',
  title: 'run.json: the whole result, for machines and for comparing two runs',
  render: (run) => ({ 'run.json': runText(run) }),
}

export default json
