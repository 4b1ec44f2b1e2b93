import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { initContract } from '../../src/contract/file/starter.ts'
import { runCommandLine } from './command.ts'
import { createEmptyFolder } from '../empty-folder.ts'

describe('audit', () => {
  test('tells what the documents of the named providers say, and of nobody else', async () => {
    const { code, stdout, stderr } = await runCommandLine(['audit', 'sunra', '--format', 'json'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const { contracts, documents } = JSON.parse(stdout) as {
      contracts: { id: string }[]
      documents: { provider: string; kind: string }[]
    }
    expect(contracts.map(({ id }) => id)).toEqual(['sunra'])
    expect(new Set(documents.map(({ provider }) => provider))).toEqual(new Set(['sunra']))
    expect(new Set(documents.map(({ kind }) => kind))).toEqual(
      new Set(['promise', 'contradiction', 'difference', 'silence']),
    )
  })

  test('shows only the kinds that were asked for', async () => {
    const { stdout } = await runCommandLine(['audit', 'sunra', '--kind', 'contradiction'])
    expect(stdout).toContain('against themselves')
    expect(stdout).not.toContain('against OpenAI')
  })

  test('reads a contract of one’s own', async () => {
    const folder = createEmptyFolder()
    const file = join(folder, 'ours.yaml')
    writeFileSync(file, initContract({ baseUrl: 'https://a.example/v1', today: '2026-01-01' }))
    const args = ['audit', '--contract', file, '--format', 'markdown']
    const { code, stdout } = await runCommandLine(args)
    expect(code).toBe(0)
    expect(stdout).toContain('# a.example Responses API')
  })

  test.each([
    [['audit', 'sunrra'], 'did you mean "sunra"?'],
    [['audit', '--contract', '/nowhere/ours.yaml'], 'There is no contract "/nowhere/ours.yaml"'],
    [['audit', '--contract', '/'], 'There is no contract "/"'],
    [['audit', '--fromat', 'json'], '--format'],
    [['run', '--contract', '/'], 'There is no contract "/"'],
    [['run', '--contract', '/nowhere/ours.yaml'], 'There is no contract'],
  ])('refuses %j', async (args, said) => {
    const { code, stdout, stderr } = await runCommandLine(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(said)
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})
