import { describe, expect, test } from 'vitest'
import { auditContract } from '../../../src/document-audit/audit.ts'
import { contractOf } from '../../../src/contract/contract.ts'
import { loadContract } from '../../../src/contract/file/load.ts'
import { readContract } from '../../../src/contract/file/read-contract.ts'
import { initContract } from '../../../src/contract/file/starter.ts'
import { AUDIT_FORMATS, renderAudit } from '../../../src/cli/terminal/render-audit.ts'
import type { JsonObject } from '../../../src/types/index.ts'

const openai = loadContract('openai').document as unknown as JsonObject

describe('the starting file', () => {
  test.each([
    { baseUrl: 'http://localhost:1234/v1/', today: '2026-01-01' },
    {
      baseUrl: 'https://a.example/api',
      name: '"Quoted":\n#x',
      models: ['a/b', 'x: "y"'],
      today: '2026-01-01',
    },
    { baseUrl: 'https://1.example', name: '1 & 2', models: [], today: '2026-01-01' },
  ])('is valid as it stands: $baseUrl', (starter) => {
    const { document, problems } = readContract(initContract(starter), 'ours.yaml', () => openai)
    expect(problems).toEqual([])
    const contract = contractOf('ours.yaml', document, () => openai)
    expect(contract.profile?.baseUrl).toBe(starter.baseUrl.replace(/\/$/, ''))
    expect(contract.profile?.models.text).toBe(starter.models?.[0])
    expect(contract.claim(['request /stream = true']).status).toBe('inherited')
  })

  test('stays valid with its comments taken away', () => {
    const text = initContract({ baseUrl: 'https://a.example/v1', today: '2026-01-01' })
    const uncommented = text
      .replace('x-claims: []', 'x-claims:')
      .replace('schemas: {}', 'schemas:')
      .replaceAll(/^#( {2,})(?!Try| {8}responses)/gm, '$1')
      .replaceAll(/^ {10,}responses-conformance.*$/gm, '')
    const { problems: mistakes, document } = readContract(uncommented, 'ours.yaml', () => openai)
    expect(mistakes).toEqual([])
    const contract = contractOf('ours.yaml', document, () => openai)
    expect(contract.samples).toHaveLength(1)
    expect(contract.operations).toEqual(['create', 'retrieve'])
    expect(contract.claim(['request /previous_response_id']).status).toBe('denied')
  })
})

describe('the audit report', () => {
  const contract = loadContract('lemondata')
  const yardsticks = {
    openai: loadContract('openai'),
    'open-responses': loadContract('open-responses'),
  }
  const rows = auditContract(contract, yardsticks, { scenarios: [], checks: [] })

  test.each(AUDIT_FORMATS)('%s has every kind of row, whatever the order of the rows', (format) => {
    const text = renderAudit([contract], rows, format)
    expect(text).toContain('created_at')
    expect(text).toContain('lemondata')
    expect(renderAudit([contract], rows.toReversed(), format)).toBe(text)
  })

  test('quotes stay text', () => {
    const [row] = rows
    const hostile = { ...row!, quote: '\u001b[31m<script>|`\n# x', says: 'a|b\u202e.' }
    const text = renderAudit([contract], [hostile], 'terminal')
    for (const character of ['\u001b', '\u202e']) expect(text).not.toContain(character)
    expect(renderAudit([contract], [hostile], 'markdown')).not.toContain('<script>')
  })
})
