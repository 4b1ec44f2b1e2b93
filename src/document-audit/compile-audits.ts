// The step of the build after `compile-specs.js`: `node dist/src/document-audit/compile-audits.js`.

import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { loadContracts } from '../contract/file/load.ts'
import { loadSuites } from '../plan/load-suites-and-reporters.ts'
import { auditDocuments, AUDITS_FILE } from './audit-documents.ts'

const suites = await loadSuites()
const audits = loadContracts().map((contract) => [contract.id, auditDocuments([contract], suites)])
writeFileSync(AUDITS_FILE, gzipSync(JSON.stringify(Object.fromEntries(audits))))
