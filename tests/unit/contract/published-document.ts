// Small published documents, written down for a test.

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadContract } from '../../../src/contract/file/load.ts'
import type { Contract, Json, JsonObject } from '../../../src/types/index.ts'

export const WRITTEN = mkdtempSync(join(tmpdir(), 'responses-conformance-published-'))
let files = 0

/** A contract of a document that is written down for the purpose. */
export function loadWritten(document: Json | string, name = `document-${files++}.json`): Contract {
  const file = join(WRITTEN, name)
  writeFileSync(file, typeof document === 'string' ? document : JSON.stringify(document))
  return loadContract(file)
}

export interface DocumentParts {
  readonly request?: Json
  readonly response?: Json
  readonly events?: Json
  readonly media?: JsonObject
  readonly rest?: JsonObject
  readonly schemas?: JsonObject
}

/** A small document with these schemas. */
export function writeDocument({
  request,
  response,
  events,
  media,
  rest,
  schemas,
}: DocumentParts): JsonObject {
  const content = {
    ...(response === undefined ? {} : { 'application/json': { schema: response } }),
    ...(events === undefined ? {} : { 'text/event-stream': { schema: events } }),
    ...media,
  }
  return {
    openapi: '3.1.0',
    info: { title: 'A document', version: '1' },
    paths: {
      '/v1/responses': {
        post: {
          ...(request === undefined
            ? {}
            : { requestBody: { content: { 'application/json': { schema: request } } } }),
          responses: { '200': { description: 'ok', content } },
        },
      },
    },
    components: { schemas: schemas ?? {} },
    ...rest,
  }
}
