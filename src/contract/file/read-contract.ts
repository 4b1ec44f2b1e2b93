// Lints a contract file that a person wrote.

import type { JsonObject } from '../../types/index.ts'
import { readYamlFile, type YamlFile } from './check-yaml-file.ts'
import { lintDocument } from './lint-rules.ts'

/** Reads a contract from YAML. `follows` says whether there is such a contract to follow. */
export function readContract(
  text: string,
  file: string,
  follows: (id: string) => JsonObject | undefined,
): YamlFile {
  return readYamlFile(text, file, {
    schema: 'contract.schema.json',
    form: 'YAML as in specs/README.md',
    stranger: {
      wrong: 'this is no contract',
      write: 'a mapping that begins with "openapi: 3.1.0"; `init` writes one to start from',
    },
    lint: (document) => lintDocument(document, follows),
  })
}
