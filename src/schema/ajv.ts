import { createRequire } from 'node:module'
import { isDeepStrictEqual } from 'node:util'
import type * as Ajv from 'ajv/dist/2020.js'
import { compilePattern } from './pattern.ts'

let constructor: typeof Ajv.Ajv2020 | undefined

/** ajv, which compares by what an object calls its own `valueOf` and `toString`: in an answer they may be anything. */
function loadAjv(): typeof Ajv.Ajv2020 {
  const load = createRequire(import.meta.url)
  const equality = load('ajv/dist/runtime/equal.js') as { default: unknown }
  equality.default = Object.assign(
    (one: unknown, other: unknown) => one === other || isDeepStrictEqual(one, other),
    { code: 'require("ajv/dist/runtime/equal").default' },
  )
  return (load('ajv/dist/2020.js') as typeof Ajv).Ajv2020
}

/** A validator that neither throws at loose schemas nor writes to the console. ajv is loaded when it is first needed: importing it takes longer than loading all contracts. */
export function createAjv(options: Pick<Ajv.Options, 'passContext'> = {}): Ajv.Ajv2020 {
  constructor ??= loadAjv()
  return new constructor({
    strict: false,
    allErrors: true,
    verbose: true,
    validateSchema: false,
    validateFormats: false,
    // What every object has by birth, `constructor`, is no field that somebody sent.
    ownProperties: true,
    logger: false,
    ...options,
    code: {
      regExp: Object.assign(compilePattern, { code: 'compilePattern' }) as never,
      // A third of the time of compiling, for code that is no faster.
      optimize: false,
    },
  })
}
