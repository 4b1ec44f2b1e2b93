// Results of real servers that were judged before findings carried data, as what findings carry now:
// kinds, places and answers are read out of the sentences of then, once and for all.
//
//     npx tsx tests/causes/convert.ts <folder of runs> <declarations.json> <truth.json> <near.json> <out.json.gz>
//
// A run is `<server>/run.json.gz`; the declarations say of each scenario what it turns on and of
// each step what it expects; the truth groups red rows (`check@scenario`) by defect, by hand; near
// are pairs of defects about which one could argue, which are not counted.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { loadContract } from '../../../../src/contract/file/load.ts'
import { normaliseMessage } from '../../../../src/judge/answer-facts.ts'
import { generalizePlace } from '../../../../src/base/json.ts'
import { fieldsOf } from '../../../../src/plan/fields-of-scenario.ts'
import type {
  AnswerFacts,
  Finding,
  FindingKind,
  Operation,
  RunResult,
  ScenarioRecord,
  Step,
  Verdict,
} from '../../../../src/types/index.ts'
import type { Defect, JudgedServer } from './truth.ts'

interface Declarations {
  readonly scenarios: Readonly<
    Record<
      string,
      {
        readonly hinges: readonly string[]
        readonly steps: Readonly<Record<string, Omit<Step, 'request'>>>
      }
    >
  >
  readonly checks: Readonly<Record<string, { readonly scenario: string }>>
}

const TYPE =
  /^(an? )?(boolean|number|integer|string|object|array|non-empty string|list|any value|one of|whole)/

const [runs = '', declared = '', truth = '', near = '', out = ''] = process.argv.slice(2)
const { scenarios, checks } = read<Declarations>(declared)
const defects = read<Readonly<Record<string, readonly Defect[]>>>(truth)
const argued = read<Readonly<Record<string, readonly (readonly [string, string])[]>>>(near)
const parameters = new Set(
  ['openai', 'open-responses'].flatMap((id) => loadContract(id).parameters.map(({ at }) => at)),
)

/** Checks on which some step rests. */
const rested = new Set(
  Object.values(scenarios).flatMap(({ steps }) =>
    Object.values(steps).flatMap(({ rests }) => (rests === undefined ? [] : [rests])),
  ),
)

const servers = readdirSync(runs)
  .filter((server) => server in defects)
  .map((server): JudgedServer => {
    const result = read<RunResult>(join(runs, server, 'run.json.gz'))
    return { server, defects: defects[server]!, near: argued[server] ?? [], ...converted(result) }
  })
writeFileSync(out, gzipSync(JSON.stringify(servers), { level: 9 }))

function read<T>(file: string): T {
  const bytes = readFileSync(file)
  return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as T
}

function converted({ verdicts }: RunResult): Pick<JudgedServer, 'verdicts' | 'scenarios'> {
  const kept = verdicts.flatMap((verdict) => {
    const { outcome } = verdict
    if (outcome === 'fail' || outcome === 'warn') return [converting(verdict)]
    const isNeeded = isRefusal(verdict.scenario) || rested.has(verdict.check)
    return outcome === 'pass' && isNeeded ? [{ ...bare(verdict), findings: [] }] : []
  })
  const used = new Set(
    kept.flatMap(({ scenario, findings }) => [
      scenario,
      ...findings.flatMap(({ exchanges }) => (exchanges ?? []).map((one) => one.split('#')[0]!)),
    ]),
  )
  const records = [...used].filter((id) => id in scenarios).map((id) => [id, recordOf(id)] as const)
  return { verdicts: kept, scenarios: Object.fromEntries(records) }
}

function isRefusal(scenario: string): boolean {
  const steps = Object.values(scenarios[scenario]?.steps ?? {})
  return steps.length === 1 && steps[0]!.expect === 'refusal'
}

function recordOf(id: string): ScenarioRecord {
  const rests = Object.entries(scenarios[id]!.steps).flatMap(([step, { rests: on }]) => {
    const [field] =
      on === undefined
        ? []
        : fieldsOf({ apiPaths: scenarios[checks[on]?.scenario ?? '']?.hinges ?? [] })
    return field === undefined ? [] : [[step, field] as const]
  })
  const on = Object.entries(scenarios[id]!.steps).flatMap(([step, { rests: check }]) =>
    check === undefined ? [] : [[step, check] as const],
  )
  return {
    title: '',
    feature: id.split('/')[0]!,
    ...(on.length === 0 ? {} : { rests: Object.fromEntries(on) }),
    ...(rests.length === 0 ? {} : { restsOn: Object.fromEntries(rests) }),
    ...(isRefusal(id) ? { isRefusal: true } : {}),
  }
}

/** A row without what its causes do not need. */
function bare({ check, scenario, yardstick, level, outcome }: Verdict) {
  return {
    target: 'server',
    check,
    scenario,
    yardstick,
    level,
    outcome,
    origin: 'live' as const,
    requirements: [],
    attempts: { made: 1, passed: 0 },
    evidence: {},
  }
}

function converting(verdict: Verdict): Verdict {
  const { scenario, check } = verdict
  const named = Object.keys(verdict.evidence).map((step) =>
    step.includes('#') ? step : `${scenario}#${step}`,
  )
  // Of checks of streams the evidence counts, which says how many streams there were.
  const evidence = check.startsWith('streaming/') ? verdict.evidence : {}
  const findings = verdict.findings.map((finding) => {
    const at = placeOf(finding, check)
    const exchange = finding.step.includes('#') ? finding.step : `${scenario}#${finding.step}`
    const [asked = '', name = ''] = exchange.split('#')
    const step = scenarios[asked]?.steps[name]
    const about = aboutOf(finding, scenario, asked, step)
    const place = generalizePlace(at)
    return {
      step: finding.step,
      at,
      expected: '',
      actual: '',
      kind: kindOf(finding),
      ...(about.length === 0 ? {} : { about }),
      ...(place.lastIndexOf('/') === 0 && parameters.has(place) ? { isEcho: true as const } : {}),
      exchanges: scenario === 'every' ? [...new Set([exchange, ...named])] : [exchange],
      ...answerOf(finding),
    }
  })
  return {
    ...bare(verdict),
    evidence: Object.fromEntries(Object.keys(evidence).map((step) => [step, ''])),
    findings,
  }
}

/** Findings of then did not all stand at the deepest guilty field. */
function placeOf({ at, actual }: Finding, check: string): string {
  if (check !== 'streaming/ends-as-incomplete') return at
  if (actual.startsWith('response.incomplete')) return `${at}/response/incomplete_details/reason`
  return actual.startsWith('response.') ? `${at}/type` : at
}

function aboutOf(
  { expected }: Finding,
  scenario: string,
  asked: string,
  step: Omit<Step, 'request'> | undefined,
): readonly string[] {
  const forced = /since (\w+) (?:forces|is)/.exec(expected)?.[1]
  if (forced !== undefined) return [`/${forced}`]
  if (scenario === 'every') return []
  if (step?.expect === 'refusal') return step.invalidAt === undefined ? [] : [step.invalidAt]
  return fieldsOf({ apiPaths: scenarios[asked]?.hinges ?? [] })
}

function kindOf({ at, expected, actual }: Finding): FindingKind {
  if (at === 'status') return kindOfStatus(expected, actual)
  if (at === '/' || at === '') return 'no-body'
  if (at === 'header content-type') return 'label'
  if (
    /as the deltas together|as in event \d|since event \d|as streamed|that the stream told/.test(
      expected,
    )
  ) {
    return 'differs'
  }
  const isStream = at.startsWith('/events')
  if (isStream && /from 0, by 1|for the next|of "/.test(expected + actual)) return 'order'
  if (actual === 'absent' || /^(absent|without) /.test(actual)) return 'absent'
  if (actual === 'null') return 'null'
  if (/^no such event|^no event/.test(actual)) return 'missing-event'
  if (
    isStream &&
    (/(^| )`response\./.test(expected) || /which was never added| while /.test(actual))
  ) {
    return 'order'
  }
  return TYPE.test(expected) ? 'type' : 'value'
}

function kindOfStatus(expected: string, actual: string): FindingKind {
  const got = /^(?:answered |HTTP )?(\d)\d\d\b/.exec(actual)?.[1]
  if (expected.startsWith('a 2xx')) return got === '4' ? 'refused' : 'crashed'
  if (got === '2') return 'taken'
  if (got === '5') return 'crashed'
  const isForm = expected.startsWith('404 with an error object') && actual.startsWith('404')
  return isForm ? 'error-form' : 'misrefused'
}

/** What came, where a finding of then shows it. */
function answerOf({ at, actual, expected }: Finding): { readonly answer?: AnswerFacts } {
  const isError = /^\/error(?=\/|$)/.test(at) && expected !== 'null'
  if (at !== 'status' && at !== '/' && at !== '' && at !== 'header content-type' && !isError)
    return {}
  const status = /^(?:answered |HTTP )?(\d\d\d)\b/.exec(actual)?.[1]
  const label = /^"?([\w.+-]+\/[\w.+-]+)/.exec(actual)?.[1]
  const text = actual
    .replace(/^(?:answered |HTTP )?\d\d\d:? ?/, '')
    .replace(/^[\w.+/-]+(?:; ?charset=[\w-]+)?: (?=["{<])/, '')
    .replace(/… \(\d+ characters\)$/, '')
    .trim()
  const isNothing =
    text === '' || /^(no readable body|without a body|absent|\d\d\d without a body)/.test(text)
  const inside = /"(?:message|detail|error)": ?"((?:[^"\\]|\\.)*)/.exec(text)?.[1]
  const said = isNothing ? '' : normaliseMessage(inside ?? text.replaceAll(/^"|"$/g, ''))
  const isResponse = text.startsWith('a response with status')
  return {
    answer: {
      operation: 'create' satisfies Operation,
      status: Number(status ?? (isError ? 400 : 200)),
      mediaType: label ?? '',
      body: isNothing
        ? 'empty'
        : text === 'null'
          ? 'null'
          : isResponse || text.startsWith('{')
            ? 'object'
            : 'text',
      ...(said === '' || isResponse ? {} : { message: said }),
      ...(isError || Number(status) >= 400 ? { errorForm: formOf(text, said) } : {}),
      ...(/\b(resp|chatcmpl)[_-]\w{8,}/.test(text) ? { repeatsId: true } : {}),
    },
  }
}

function formOf(text: string, said: string): string {
  const [, key, next] = /^\{"(\w+)": ?(.)/.exec(text) ?? []
  if (said === '') return 'nothing'
  if (key === 'error') return next === '{' ? 'object' : 'text'
  // A finding of then showed the error object itself.
  if (['message', 'code', 'type', 'param'].includes(key ?? '')) return 'object'
  return key ?? 'text'
}
