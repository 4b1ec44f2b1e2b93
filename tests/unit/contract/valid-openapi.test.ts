// Every contract is an OpenAPI 3.1 document for two validators that share no code.

import { validate } from '@readme/openapi-parser'
import { Validator, type SpecData } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { readSpec, listSpecFiles } from '../../../src/base/read-specs.ts'

const files = ['', 'vendors', 'vendors/editions', 'providers']
  .flatMap((folder) => listSpecFiles(folder))
  .filter((file) => 'openapi' in (readSpec(file) as object))

const documentOf = (file: string) => readSpec(file) as Parameters<typeof validate>[0] & SpecData

// It compiles the schema of OpenAPI once, which takes longer than any document.
const validator = new Validator()

describe.each(files)('%s', (file) => {
  test('is valid for @readme/openapi-parser', async () => {
    expect(await validate(documentOf(file))).toMatchObject({ valid: true })
  })

  test('is valid for @seriousme/openapi-schema-validator', async () => {
    expect(await validator.validate(documentOf(file))).toMatchObject({ valid: true })
  })
})
