// Registers every planned case in one file, so that one worker keeps one exact rate limit per provider.

import { inject, test } from 'vitest'
import { delayOptimization } from '../base/delay-optimization.ts'
import { findSession, openSession } from '../run/session.ts'
import { registerPlanned } from './register.ts'

delayOptimization()
const session = await (findSession(import.meta.url) ?? openSession(inject('run')))
registerPlanned(session)

// A continued run may find nothing left to ask, and a file without tests is an error.
test('every question is registered', () => undefined)
