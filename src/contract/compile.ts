// Build step: `node dist/src/contract/compile.js`.

import { compileSpecs } from '../specs.ts'

compileSpecs()
