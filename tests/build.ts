import { execFileSync } from 'node:child_process'
import { packageRoot } from '../src/base/package-root.ts'

/** Tests that start the command must never run a stale build of it. */
export default function build(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: packageRoot, stdio: 'inherit' })
}
