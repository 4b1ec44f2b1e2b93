// What each suite finds: every story of tests/field/known-bugs, every defect that was seen to break a client
// program, and the providers that break no rule, asked by this project and by llmprobe. Writes
// docs/detection.md.
//
//     npm i --prefix <folder> --ignore-scripts llmprobe && npm run build
//     npm run bench:detection -- <folder>

import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startReference } from '../reference/main.ts'
import { loadImpact } from '../src/clients/measured-impact.ts'
import { packageRoot } from '../src/base/package-root.ts'
import { NEEDS } from '../suites/clients/needs/index.ts'
import type { Dialect, Mutation } from '../src/types/index.ts'
import { inTurns } from '../tests/kill-matrix/turns.ts'
import { legal } from '../tests/field/known-bugs/legal.ts'
import { renderReports } from '../tests/field/known-bugs/reports.ts'
import { stories } from '../tests/field/known-bugs/stories.ts'
import { LEFT_OUT } from '../tests/field/known-bugs/story.ts'
import { watch, type Watch } from '../tests/noticed.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Name the folder into which llmprobe was installed.')
const probe = join(folder, 'node_modules/llmprobe')
const version = (file: string): string =>
  (JSON.parse(readFileSync(join(file, 'package.json'), 'utf8')) as { version: string }).version
const home = await mkdtemp(join(tmpdir(), 'llmprobe-'))
const KEY = 'test'

interface Probed {
  readonly failing: readonly string[]
  readonly judged: number
  readonly requests: number
  readonly seconds: number
}

/** Failing assertions of llmprobe about the Responses API; what it says about other APIs is not counted. */
async function askProbe(fault: Mutation | undefined, dialect: Dialect = 'openai'): Promise<Probed> {
  let requests = 0
  const server = await startReference({
    dialect,
    mutant: {
      ...fault,
      request(request) {
        if (request.path.startsWith('/responses') || request.path === '/models') requests++
        return fault?.request?.(request) ?? request
      },
    },
  })
  const command = [join(probe, 'bin/dist/llmprobe.mjs'), server.url, ...PROBE_FLAGS]
  const { out, seconds } = await timed(command, { HOME: home })
  await server.close()
  interface Result {
    readonly id: string
    readonly surface: string
    readonly outcome: string
    readonly failures: readonly { readonly id: string }[]
  }
  const { results } = (
    JSON.parse(out.slice(out.indexOf('{'))) as { conformance: { results: readonly Result[] } }
  ).conformance
  const ours = results.filter(({ surface }) => surface === 'responses' || surface === 'models')
  const judged = ours.filter(({ outcome }) => outcome === 'pass' || outcome === 'fail').length
  const failing = [...new Set(ours.flatMap(({ failures }) => failures.map(({ id }) => id)))]
  return { failing, judged, requests, seconds }
}

/** What a command of Node prints, and the processor time that it took: user and system. */
function timed(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly out: string; readonly seconds: number }> {
  return new Promise((resolve) => {
    execFile(
      'bash',
      ['-c', 'TIMEFORMAT="%U %S"; time "$@" 2> /dev/null', 'bash', process.execPath, ...command],
      { env: { ...process.env, ...env }, maxBuffer: 2 ** 26, timeout: 120_000 },
      (_, stdout, stderr) => {
        const [user = 0, system = 0] = stderr.trim().split(/\s+/).map(Number)
        resolve({ out: stdout, seconds: user + system })
      },
    )
  })
}

const PROBE_FLAGS = [
  '-k',
  KEY,
  '-m',
  'reference',
  '--no-bench',
  '--no-save',
  '--json',
  '--timeout',
  '10',
]
const OUR_FLAGS = ['--model', 'reference', '--api-key-env', 'KEY']

/** This project's command, as a user would start it. */
async function askOurs(): Promise<{
  requests: number
  seconds: number
  judged: number
  failing: number
}> {
  let requests = 0
  const server = await startReference({
    keys: [KEY],
    mutant: {
      request(request) {
        requests++
        return request
      },
    },
  })
  const out = await mkdtemp(join(tmpdir(), 'detection-'))
  const command = [join(packageRoot, 'dist/src/cli/main.js'), 'run', '--base-url', server.url]
  const { seconds } = await timed([...command, ...OUR_FLAGS, '--out', out], { KEY })
  await server.close()
  const { verdicts } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as {
    verdicts: readonly { check: string; yardstick: string; outcome: string }[]
  }
  const gated = verdicts.filter(({ yardstick }) => yardstick === 'openai')
  const having = (...outcomes: readonly string[]): number =>
    new Set(gated.filter(({ outcome }) => outcomes.includes(outcome)).map(({ check }) => check))
      .size
  return { requests, seconds, judged: having('pass', 'fail', 'warn'), failing: having('fail') }
}

const honest = await askProbe(undefined)
const again = await askProbe(undefined)
const openResponses = await askProbe(undefined, 'open-responses')
const baseline = new Set([...honest.failing, ...again.failing, ...openResponses.failing])
const ours = await askOurs()

const watches = new Map<Dialect, Watch>()
for (const dialect of ['openai', 'open-responses'] satisfies Dialect[]) {
  watches.set(dialect, await watch(dialect, LEFT_OUT))
}

interface Line {
  readonly name: string
  readonly story: string
  readonly fail: readonly string[]
  readonly warn: readonly string[]
  readonly probe: readonly string[]
}

async function compare(
  stories: Readonly<Record<string, Mutation & { story: string; dialect?: Dialect }>>,
): Promise<readonly Line[]> {
  const lines = new Map<string, Line>()
  await inTurns(Object.entries(stories), 3, async ([name, story]) => {
    const { fail, warn } = await watches.get(story.dialect ?? 'openai')!.notice(story)
    const { failing } = await askProbe(story, story.dialect)
    const found = failing.filter((id) => !baseline.has(id))
    lines.set(name, { name, story: story.story, fail, warn, probe: found })
    process.stderr.write('.')
  })
  return Object.keys(stories).map((name) => lines.get(name)!)
}

/** What the first mutant of each need takes away, with the number of programs that do not work without it. */
const { clients, needs: measured } = loadImpact()
const broken = (need: string): number =>
  Object.values(measured[need] ?? {}).filter(({ effect }) =>
    ['wrong', 'throws', 'hangs', 'loops'].includes(effect),
  ).length
const defects = Object.fromEntries(
  NEEDS.filter(({ id }) => broken(id) > 0)
    .toSorted((one, other) => broken(other.id) - broken(one.id))
    .map(({ id, mutants: [mutant] }) => {
      const count = broken(id)
      const breaks = `${mutant.story} (breaks ${count} of ${Object.keys(clients).length})`
      return [id, { ...mutant, story: breaks }]
    }),
)

const bugs = await compare(stories)
const harmful = await compare(defects)
const variations = await compare(legal)
for (const each of watches.values()) await each.close()

const some = (list: readonly string[]): string =>
  list.length === 0
    ? '–'
    : `${list
        .slice(0, 2)
        .map((id) => `\`${id}\``)
        .join(', ')}${list.length > 2 ? ` and ${list.length - 2} more` : ''}`
const own = ({ fail, warn }: Line): string =>
  fail.length > 0 ? `fails ${some(fail)}` : warn.length > 0 ? `warns ${some(warn)}` : '–'
const table = (lines: readonly Line[]): string =>
  [
    '| provider | this project | llmprobe |',
    '|---|---|---|',
    ...lines.map((line) => `| ${line.name}: ${line.story} | ${own(line)} | ${some(line.probe)} |`),
  ].join('\n')
const count = (lines: readonly Line[], has: (line: Line) => boolean): string =>
  `${lines.filter(has).length} of ${lines.length}`

const text = `# Detection, compared

Which suite notices what: bugs that somebody reported in public, each rebuilt as a fault of the
reference provider (\`tests/field/known-bugs\`); defects that were seen to break real client programs
(\`specs/clients/impact.json\`); and providers that differ and break no rule. Measured on
${new Date().toISOString().slice(0, 10)} with this project ${version(packageRoot)} and llmprobe ${version(probe)}, Node ${process.versions.node}.
\`npm run bench:detection\` writes this page.

## Method

Each provider is a server on loopback that is wrong in one way. llmprobe is asked as its help says:

    llmprobe http://127.0.0.1:<port>/v1 ${PROBE_FLAGS.join(' ')}

A bug is found when an assertion about the Responses API or the list of models fails that does not
fail on the correct server (asked three times, in both dialects). What llmprobe says about other APIs,
about the model's abilities and about speed is not counted. The model behind the servers is
deterministic and does not chat, which takes two of its scenarios away: the name that a continued
conversation is asked for, and an answer that is cut short. With a real model it may find more. Of the
other two assertions that fail on the correct server, one asks for \`[DONE]\`, which OpenAI does not
send, and one is a warning.

This project is asked by the same engine that its command uses, with every suite and check that is off
by default (the figures for one run are of the plain command). The yardstick is OpenAI:

    responses-conformance run --base-url http://127.0.0.1:<port>/v1 ${OUR_FLAGS.join(' ')}

A bug is found when a check fails or warns. The stories, the reference provider and this project have
the same authors. The reports were collected before either suite was asked, and rows that no server can
show are listed in \`tests/field/known-bugs/README.md\`; but three stories were found only after this project
had been changed for them: \`created-at-is-a-float\`, and \`default-store-is-refused\` and \`no-files\`, whose
HTTP 501 was inconclusive. Weigh the table with that in mind.

The defects of the second table are what seven pinned client programs cannot do without, taken away one
at a time: none is in it that no program minded. They are mutants of this project, so this project's own
answer for one client (\`--client\`), which is made for exactly these, is left out: both are asked in
general, without knowing a client.

## Result

| | this project | llmprobe |
|---|---|---|
| bugs found | ${count(bugs, ({ fail, warn }) => fail.length + warn.length > 0)} (failing: ${count(bugs, ({ fail }) => fail.length > 0)}) | ${count(bugs, (line) => line.probe.length > 0)} |
| defects that break clients, found | ${count(harmful, ({ fail, warn }) => fail.length + warn.length > 0)} (failing: ${count(harmful, ({ fail }) => fail.length > 0)}) | ${count(harmful, (line) => line.probe.length > 0)} |
| assertions that fail on the correct server | ${ours.failing} | ${new Set([...honest.failing, ...again.failing]).size}${honest.failing.length > 0 ? ` (${honest.failing.map((id) => `\`${id}\``).join(', ')})` : ''} |
| providers that break no rule, and fail | ${count(variations, ({ fail }) => fail.length > 0)} | ${count(variations, (line) => line.probe.length > 0)} |
| requests to the Responses API, one run | ${ours.requests} | ${honest.requests} |
| checks (scenarios) with a verdict, one run | ${ours.judged} | ${honest.judged} |
| requests for each of them | ${(ours.requests / ours.judged).toFixed(2)} | ${(honest.requests / honest.judged).toFixed(2)} |
| processor time of one run, start-up included | ${ours.seconds.toFixed(1)} s | ${honest.seconds.toFixed(1)} s |

llmprobe's time includes what it asks about other APIs and about the model. Times are user and
system time of the process, of one run; the requests are counted by the server.

## Bugs that somebody met

${table(bugs)}

## Defects that break client programs

In brackets, how many of the ${Object.keys(clients).length} programs measured go wrong, throw, hang or ask for ever.

${table(harmful)}

## Providers that break no rule

${table(variations)}

${renderReports(stories)}`
writeFileSync(join(packageRoot, 'docs/detection.md'), text)
console.log('\nWritten: docs/detection.md')
