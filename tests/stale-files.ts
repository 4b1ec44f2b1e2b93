import type { Reporter } from 'vitest/node'

/** Says what to do when a generated file is not what would be written now. */
export const staleFiles: Reporter = {
  onTestRunEnd(modules) {
    const failed = modules.flatMap((module) => [...module.children.allTests('failed')])
    const stale = failed.filter((test) =>
      test.result().errors?.some(({ message }) => /^Snapshot .* mismatched/.test(message)),
    )
    if (stale.length === 0) return
    const names = stale.map((test) => `  ${test.fullName}\n`).join('')
    process.stderr.write(
      `\nGenerated files are stale: "npm run generate" writes them, "git diff" shows the change.\n${names}`,
    )
  },
}
