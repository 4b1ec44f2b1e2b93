// Whatever a provider, its pages or a user wrote stays text in every format.

import { expect, test } from 'vitest'
import { formatCurlCommand } from '../../../reporters/common/curl.ts'
import csv from '../../../reporters/csv.ts'
import github from '../../../reporters/github.ts'
import junit from '../../../reporters/junit.ts'
import markdown from '../../../reporters/markdown.ts'
import terminal from '../../../reporters/terminal.ts'
import { loadReporters } from '../../../src/plan/load-suites-and-reporters.ts'
import type { Reporter, RunResult } from '../../../src/types/index.ts'
import { hostileExchange, hostileRun } from './large.ts'
import { sampleRun } from './sample.ts'

function texts(reporter: Reporter, run: RunResult = hostileRun()): readonly string[] {
  return Object.values(reporter.render(run, { evidence: hostileExchange, color: false }))
}

const CONTROLS = ['\u0000', '\u001b', '\u0007', '\u009b', '\u202e', '\ud800']

/** JSON for programs keeps what came as it came: all of `run.json`, and the data of the page's script. */
function shown(name: string, text: string): string {
  if (name === 'run.json' || name.startsWith('evidence/')) return ''
  return text.replace(/<script id="data"[^>]*>[^<]*<\/script>/, '')
}

test.each(await loadReporters())(
  '$name: no character that a terminal, an editor or a parser obeys',
  (reporter) => {
    const files = reporter.render(hostileRun(), { evidence: hostileExchange, color: false })
    for (const [name, text] of Object.entries(files))
      expect(CONTROLS.filter((character) => shown(name, text).includes(character))).toEqual([])
  },
)

test('terminal: the only escapes are its own colours', () => {
  const run = hostileRun()
  const [text] = Object.values(terminal.render(run, { evidence: hostileExchange, color: true }))
  const escapes = new Set(
    text!
      .split('\u001b')
      .slice(1)
      .map((rest) => rest.slice(0, rest.indexOf('m') + 1)),
  )
  expect([...escapes].filter((escape) => !/^\[(?:1|2|22|3[1-5]|39)m$/.test(escape))).toEqual([])
})

test.each([false, true])('terminal: as wide as it was told, whatever came (%s)', (verbose) => {
  const [text] = Object.values(
    terminal.render(hostileRun(), { evidence: hostileExchange, width: 80, verbose }),
  )
  const wide = text!
    .split('\n')
    .filter((line) => line.length > 80 && !/^  {3}/.test(line) && !/^[✗△▲]/.test(line))
  expect(wide).toEqual([])
})

test('github: no workflow command but its own', () => {
  const [annotations] = texts(github)
  for (const line of annotations!.split('\n').filter(Boolean))
    expect(line).toMatch(/^::(?:error|warning|notice) title=[^:,\n]*::[^\n]*$/)
})

test('csv: as many fields as columns in every row, and none is a formula', () => {
  for (const text of texts(csv)) {
    const rows = parseCsv(text)
    expect(new Set(rows.map((row) => row.length)).size).toBe(1)
    expect(rows.flat().filter((field) => /^\s*[=+\-@]/.test(field))).toEqual([])
  }
})

test('markdown: no markup, link or heading of theirs', () => {
  for (const text of [...texts(markdown), ...texts(github).slice(1)]) {
    const outside = text
      // An HTML block: Markdown reads nothing in it, and its text is escaped as HTML.
      .replaceAll(/<summary>[^<]*<\/summary>/g, '')
      .replaceAll(/(?<!\\)(`+)(?!`).*?(?<!`)\1(?!`)/g, '')
      .replaceAll(/\]\(<https:[^<>]*>\)/g, ']')
      .replaceAll(/\\[\\`*_{}[\]()#+!|~$^=-]/g, '')
    expect(outside).not.toMatch(/<(?!br>|\/?details>|\/?summary>)/)
    expect(outside).not.toContain('](javascript')
    expect(outside).not.toMatch(/^# owned/m)
    expect(outside).not.toContain('@everyone')
  }
})

test('markdown: every row of a table has as many cells as its head', () => {
  for (const block of texts(markdown)[0]!
    .split('\n\n')
    .filter((each) => each.startsWith('|'))) {
    const cells = block
      .trim()
      .split('\n')
      .map((line) => line.replaceAll('\\|', '').split('|').length)
    expect(new Set(cells).size).toBe(1)
  }
})

test('junit: red is what decides the exit code, and nothing else', () => {
  const [text] = texts(junit, sampleRun())
  const red = [...text!.matchAll(/<testcase [^>]*name="([^"]*)"[^>]*>\s*<failure/g)].map(
    ([, name]) => name,
  )
  expect(red).toEqual([
    'basic/matches-schema (basic/plain) by own documents',
    'structured-output/fits (structured-output/plain) by own documents',
    'streaming/deltas-add-up (streaming/text) by own documents',
    'tool/call-id (tool/plain) by OpenAI',
    'streaming/terminal-event (streaming/text) by OpenAI',
    'basic/matches-schema (basic/plain) by own documents',
  ])
})

test('curl: what others wrote stays an argument', () => {
  const evil = '$(id)`id`"; id; "'
  const credential = { header: `x${evil}`, prefix: evil, keyEnv: `K${evil}` }
  const target = { endpoint: 'https://a.example/v1', credential }
  const raw = `${'x'.repeat(30_000)}\nEND_OF_BODY\nid\nEND_OF_BODY_\n`
  const asked = { operation: 'create', method: 'POST', path: '/responses' } as const
  const command = formatCurlCommand(target, { ...asked, body: { raw, contentType: 'text/plain' } })!
  const [line, document] = command.split("--data-binary @- <<'END_OF_BODY__'\n")
  expect(line).not.toMatch(/(?<!\\)[`]|(?<!\\)\$\(/)
  expect(line).toContain('$API_KEY"')
  expect(document).toBe(`${raw}\nEND_OF_BODY__`)
  expect(() => formatCurlCommand(target, { ...asked, query: [['\ud800', '\udfff']] })).not.toThrow()
})

/** RFC 4180. */
function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]]
  const field = /("(?:[^"]|"")*"|[^,\r]*)(,|\r\n)/g
  for (const [, value, end] of text.matchAll(field)) {
    rows.at(-1)!.push(value!.startsWith('"') ? value!.slice(1, -1).replaceAll('""', '"') : value!)
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}
