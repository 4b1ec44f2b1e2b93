import { execFileSync } from 'node:child_process'
import { isNewerThan } from './process/build.ts'
import { packageRoot } from '../src/base/package-root.ts'

/** Bundles the script of the HTML report where it is missing or older than its source. */
export default function bundlePage(): void {
  if (isNewerThan('dist/page-script.js', ['reporters/html', 'src', 'package.json'])) return
  execFileSync('npm', ['run', '--silent', 'build:page'], { cwd: packageRoot, stdio: 'inherit' })
}
