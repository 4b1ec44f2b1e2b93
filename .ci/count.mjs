// What one command's tests came to: `node .ci/count.mjs results/tests.json` prints "passed failed skipped",
// and on stderr a line for each that was skipped.

import { readFileSync } from 'node:fs'

const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
  readFileSync(process.argv[2], 'utf8'),
)
console.log(`${numPassedTests} ${numFailedTests} ${numPendingTests + numTodoTests}`)
for (const { name, assertionResults } of testResults) {
  for (const { status, fullName } of assertionResults) {
    if (status !== 'passed' && status !== 'failed')
      console.error(`  skipped: ${fullName} (${name.replace(`${process.cwd()}/`, '')})`)
  }
}
