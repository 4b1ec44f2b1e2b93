// Puts off the interpreter's optimizing compiler, for processes of seconds.

import { setFlagsFromString } from 'node:v8'

/**
 * Code is optimized once it has run about nine times as long as by default: in a run of seconds, most
 * of what is optimized on the first suspicion never pays for it. Streams of 100,000 events still are.
 */
export function delayOptimization(): void {
  setFlagsFromString('--interrupt-budget=600000')
}
