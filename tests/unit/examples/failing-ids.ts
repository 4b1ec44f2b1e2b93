import type { Reporter } from '../../../src/types/index.ts'

export default {
  name: 'failing-ids',
  title: 'failing.txt: ids of the failing checks, one a line',
  render: ({ verdicts }) => {
    const failing = verdicts.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check)
    return { 'failing.txt': [...new Set(failing)].map((check) => `${check}\n`).join('') }
  },
} satisfies Reporter
