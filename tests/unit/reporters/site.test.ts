import { expect, test } from 'vitest'
import { renderSite } from '../../../reporters/site/site.tsx'
import { findFailingSince, historiesOf } from '../../../src/result/publish/target-histories.ts'
import { readReplies } from '../../../src/result/publish/provider-replies.ts'
import type { RunResult } from '../../../src/types/index.ts'
import { HOSTILE, hostileExchange, hostileRun } from './large.ts'
import { sampleExchange, sampleRun } from './sample.ts'

/** The sample on another day; `healed` checks of Harbor passed then. */
function onDay(day: string, ...healed: readonly string[]): RunResult {
  const run = sampleRun()
  return {
    ...run,
    run: {
      ...run.run,
      id: `run-${day}`,
      startedAt: `${day}T06:00:00Z`,
      finishedAt: `${day}T06:01:00Z`,
    },
    verdicts: run.verdicts.map((row) =>
      row.target === 'harbor' && healed.includes(row.check)
        ? { ...row, outcome: 'pass', findings: [] }
        : row,
    ),
  }
}

const REPLIES = readReplies(
  `- target: harbor
  check: streaming/deltas-add-up
  date: "2026-11-22"
  state: accepted
  by: Harbor
  words: We trim since Friday.
  url: https://harbor.example/issues/7
`,
  'replies.yaml',
)

const EXPLANATIONS = new Map([
  [
    'streaming/deltas-add-up',
    [
      { heading: 'What is asked' },
      { text: 'A stream of `text`.' },
      { columns: ['client'], rows: [['openai-7']] },
      { items: ['one'] },
      { quote: 'Pieces add up.' },
      { links: [{ title: 'A page', url: 'https://example.com/' }] },
    ],
  ],
])

function site(today: string): Readonly<Record<string, string>> {
  const withoutAcme = onDay('2026-11-20', 'basic/matches-schema')
  return renderSite({
    results: [
      onDay('2026-09-01', 'streaming/deltas-add-up'),
      { ...withoutAcme, targets: withoutAcme.targets.filter(({ id }) => id !== 'acme') },
      onDay('2026-10-01'),
    ],
    replies: REPLIES,
    explanations: EXPLANATIONS,
    today,
    evidence: sampleExchange,
  })
}

test('every link of every page leads to a file of the site', () => {
  const files = site('2026-11-25')
  const broken = Object.entries(files)
    .filter(([name]) => name.endsWith('.html'))
    .flatMap(([name, text]) =>
      [...text.matchAll(/ href="([^"#]+)[^"]*"/g)]
        .map(([, link]) => link!)
        .filter((link) => !/^https?:/.test(link))
        .map((link) => decodeURIComponent(new URL(link, `file:///${name}`).pathname.slice(1)))
        .filter((file) => !(file in files))
        .map((file) => `${name} → ${file}`),
    )
  expect(broken).toEqual([])
})

test('what fails, and since when', () => {
  const results = [
    onDay('2026-09-01', 'streaming/deltas-add-up'),
    onDay('2026-10-01'),
    onDay('2026-11-20'),
  ]
  const harbor = historiesOf(results).find(({ id }) => id === 'harbor')!
  expect(findFailingSince(harbor, 'streaming/deltas-add-up', 'openai')).toBe('2026-10-01')
  expect(findFailingSince(harbor, 'errors/envelope', 'openai')).toBe('2026-09-01')
  expect(findFailingSince(harbor, 'tool/calls', 'openai')).toBeUndefined()
  const page = site('2026-11-25')['checks/streaming~deltas-add-up.html']!
  expect(page).toContain('2026-10-01')
  expect(page).toContain('We trim since Friday.')
  expect(page).toContain('in a fault like this: openai-node 7 went wrong')
})

test('the page of a check says what explain says, or else what the result says', () => {
  const files = site('2026-11-25')
  const page = files['checks/streaming~deltas-add-up.html']!
  expect(page).toContain('<p>A stream of <code>text</code>.</p>')
  expect(page).toContain('<td>openai-7</td>')
  expect(page).toContain('<li>one</li>')
  expect(page).toContain('<blockquote>Pieces add up.</blockquote>')
  expect(page).toContain('href="https://example.com/"')
  expect(page).toContain('Who passes, who fails, since when')
  expect(files['checks/errors~envelope.html']).toMatch(/<main><p>[^<]+\.<\/p>/)
})

test('a provider’s page tells what began to fail and what was fixed', () => {
  const page = site('2026-11-25')['providers/harbor.html']!
  expect(page).toContain('streaming/deltas-add-up by openai')
  expect(page).toContain('basic/matches-schema by own')
})

test('what is behind the words of the first page lies beside it', () => {
  const { 'index.html': index, 'cells.js': cells } = site('2026-11-25')
  const [, data] = /<script id="data" type="application\/json">(.*?)<\/script>/s.exec(index!)!
  const { capabilities } = JSON.parse(data!) as { capabilities: Record<string, unknown> }
  expect(Object.keys(capabilities).toSorted()).toEqual(['capabilities', 'columns'])
  let told: { texts: string[]; cells: unknown[][] } | undefined
  new Function('window', cells!)({ __cells: (given: typeof told) => (told = given) })
  expect(told!.cells).toHaveLength((capabilities['columns'] as unknown[]).length)
  expect(told!.texts.length).toBeGreaterThan(0)
  expect(cells).not.toContain('<')
})

test('a provider’s page begins with what to expect, and how it was measured', () => {
  const page = site('2026-11-25')['providers/harbor.html']!
  const [, told = ''] = /<h2>What to expect<\/h2>(.*?)<h2>/s.exec(page)!
  expect(told).toMatch(/<b>[✗◐✓?] [a-z]+<\/b> <span><a href="..\/capabilities\/[a-z-]+.html">/)
  expect(told).toContain('How it was measured:')
  expect(told).not.toContain('<div><b>– not asked')
})

test('a stale result says its age, in the index, on its page and in the matrix', () => {
  const files = site('2026-11-25')
  expect(files['index.html']).toMatch(
    /<tr class="old"><th scope="row"><a href="providers\/acme.html">/,
  )
  expect(files['providers/acme.html']).toContain('This result is 55 days old')
  expect(files['matrix.html']).toContain('55 days old')
  expect(files['providers/harbor.html']).not.toContain('days old')
})

test('which clients work: on a provider’s page its own latest answers, in the matrix everyone’s', () => {
  const files = site('2026-11-25')
  const harbor = files['providers/harbor.html']!
  expect(harbor).toContain('<span class="tag m-warn">◐ works with limits</span>')
  expect(harbor).toContain('400 came')
  expect(harbor).not.toContain('422 came')
  // Of the matrix’s columns, Acme’s comes from an earlier run than the others.
  expect(files['matrix.html']).toContain('400 came')
  expect(files['matrix.html']).toContain('422 came')
  expect(files['providers/recorded.html']).not.toContain('<h2>Clients</h2>')
  expect(Object.values(files).join('')).not.toContain('our own server answered')
})

test('two providers side by side: what differs stands before what does not', () => {
  const files = site('2026-11-25')
  const pairs = Object.keys(files).filter((name) => name.startsWith('compare/'))
  const compared = Object.keys(files).filter((name) => name.startsWith('providers/')).length
  expect(pairs.length).toBeGreaterThan(0)
  expect(pairs.length).toBeLessThanOrEqual((compared * (compared - 1)) / 2)
  const [name] = pairs
  const [one] = name!.replace('compare/', '').split('~~')
  expect(files[`providers/${one}.html`]).toContain(`href="../${name}"`)
  const page = files[name!]!
  const [differing, alike] = page.split('<h2>The same at both</h2>')
  expect(differing).toMatch(/<h2>\d+ differences?<\/h2>/)
  const listed = (text: string): readonly string[] =>
    [...text.matchAll(/href="\.\.\/capabilities\/([\w-]+)\.html"/g)].map(([, id]) => id!)
  expect(listed(differing!).filter((id) => listed(alike!).includes(id))).toEqual([])
  expect(listed(page).length).toBeGreaterThan(0)
})

test('a client’s page has each provider’s answer', () => {
  const files = site('2026-11-25')
  const clients = Object.keys(files).filter((name) => name.startsWith('clients/'))
  const pages = clients.map((name) => files[name]!)
  expect(pages.filter((page) => page.includes('400 came'))).toHaveLength(1)
  for (const name of clients) {
    expect(files[name]).toContain('<a href="../providers/harbor.html">')
    expect(files['providers/harbor.html']).toContain(`href="../${name}"`)
  }
})

test('what changed from one edition to the next, in capabilities and in checks', () => {
  const page = site('2026-11-25')['changes.html']!
  expect(page).toContain('<a href="providers/harbor.html">')
  expect(page).toContain('2026-09-01, 2026-10-01')
  expect(page).toContain('3 checks newly failing, 0 fixed')
  const once = renderSite({
    results: [onDay('2026-11-20')],
    replies: [],
    explanations: new Map(),
    today: '2026-11-25',
    evidence: sampleExchange,
  })
  expect(once['changes.html']).toContain('No provider has been measured twice yet.')
})

test('emulation is nowhere in it', () => {
  const files = site('2026-11-25')
  expect(Object.keys(files).filter((name) => name.includes('emulation'))).toEqual([])
  for (const [name, text] of Object.entries(files)) expect(text, name).not.toContain('Delta')
})

test('whatever a provider sent is text in every page', () => {
  const files = renderSite({
    results: [hostileRun()],
    replies: [{ ...REPLIES[0]!, words: HOSTILE, by: HOSTILE, url: 'javascript:alert(1)' }],
    explanations: new Map([['basic/matches-schema', [{ code: [HOSTILE] }, { text: HOSTILE }]]]),
    today: '2026-11-20',
    evidence: hostileExchange,
  })
  for (const [name, text] of Object.entries(files).filter(([name]) => name.endsWith('.html'))) {
    expect(text, name).not.toContain('<script>alert')
    expect(text, name).not.toContain('<img')
    expect(text, name).not.toContain('href="javascript')
  }
})

test('nothing observed, no site', () => {
  expect(() =>
    renderSite({
      results: [],
      replies: [],
      explanations: new Map(),
      today: '2026-11-20',
      evidence: sampleExchange,
    }),
  ).toThrow('no target was observed')
})

test('a reply with mistakes is refused with all of them', () => {
  expect(() =>
    readReplies(
      '- target: harbor\n  check: a/b\n  date: yesterday\n  state: maybe\n  colour: red\n',
      'replies.yaml',
    ),
  ).toThrow(
    [
      'replies.yaml /0/date: date is "yesterday"; a day, "2026-11-20"',
      'replies.yaml /0/state: state is "maybe"; one of open, accepted, rejected, fixed',
      'replies.yaml /0/by: by is missing; who answers',
      'replies.yaml /0/words: words is missing; the answer',
      'replies.yaml /0/colour: colour is not known; only target, check, date, state, by, words, url',
    ].join('\n'),
  )
  expect(() => readReplies('target: harbor', 'replies.yaml')).toThrow('not a list')
  expect(() => readReplies('- [', 'replies.yaml')).toThrow('replies.yaml:1')
})
