import { describe, expect, test } from 'vitest'
import { runCommandLine } from './command.ts'

describe('explain', () => {
  test('a check: who asks, who suffers, right and wrong, and how to see it', async () => {
    const { code, stdout } = await runCommandLine(['explain', 'basic/created-at-is-seconds'])
    expect(code).toBe(0)
    expect(stdout).toContain('must by OpenAI')
    expect(stdout).toContain('https://')
    expect(stdout).toContain('How a provider comes to do it: ')
    expect(stdout).toMatch(/right \(HTTP 200\):\n\n {4}\/created_at = \d{10}\n/)
    expect(stdout).toMatch(/wrong \(HTTP 200\):\n\n {4}\/created_at = \d{13}\n/)
    expect(stdout).toContain('run … --check basic/created-at-is-seconds')
    expect(stdout).toContain('serve --mutant basic/created-at-is-seconds')
  })

  test('a check of every exchange, in a stream', async () => {
    const { stdout } = await runCommandLine(['explain', 'streaming/counts-upwards'])
    expect(stdout).toContain('Every exchange of a run is judged.')
    expect(stdout).toMatch(/wrong \(HTTP 200\):\n\n.*\n {4}\d+ \S+ {2}\/sequence_number = 0\n/)
  })

  test.each(['image/accepted', 'parameters/echoed', 'parameters/echoed/instructions'])(
    'a gate, a family and one of its cases: %s',
    async (id) => {
      const { code, stdout } = await runCommandLine(['explain', id])
      expect(code).toBe(0)
      expect(stdout).toContain('What a run says about the second:')
    },
  )

  test('a requirement: what it says, and the checks that show it', async () => {
    const { code, stdout } = await runCommandLine(['explain', 'basic-id-prefix'])
    expect(code).toBe(0)
    expect(stdout).toContain('Response ids start with resp_.')
    expect(stdout).toContain('  - basic/id-begins-with-resp\n')
  })

  test('what there is not', async () => {
    const { code, stderr } = await runCommandLine(['explain', 'basic/created-at-is-secnds'])
    expect(code).toBe(2)
    expect(stderr).toContain('did you mean "basic/created-at-is-seconds"?')
  })
})

describe('list', () => {
  test('of one suite only', async () => {
    const { stdout } = await runCommandLine(['list', 'checks', '--suite', 'image', '--json'])
    const ids = (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(5)
    expect(ids.filter((id) => !id.startsWith('image/'))).toEqual([])
  })

  test('requirements with the checks that show them', async () => {
    const { stdout } = await runCommandLine(['list', 'requirements', '--suite', 'basic'])
    expect(stdout).toMatch(
      /^basic-id-prefix .*\n {4}Response ids start with resp_\.\n {4}← basic\/id/m,
    )
    const { code, stderr } = await runCommandLine(['list', 'checks', '--suite', 'imgae'])
    expect({ code, stderr }).toMatchObject({ code: 2 })
    expect(stderr).toContain('did you mean "image"?')
  })
})
