// Whether a driver keeps the protocol: each scenario at the right server, and what it does when something is wrong.

import { isDeepStrictEqual } from 'node:util'
import { readFileSync } from 'node:fs'
import { startReference, type Reference } from '../../reference/main.ts'
import { isObject, show } from '../base/json.ts'
import { clientProfileOf } from '../clients/profile.ts'
import { scenariosFile, type ClientManifest } from './client-folders.ts'
import { DriverError, startDriver, type DriverProcess, type FlowResult } from './driver-process.ts'
import type { DriverHello } from './driver-messages.ts'

/** One thing that a driver owes. */
export interface DriverCheck {
  readonly title: string
  /** What is wrong, and who is: the driver, its client, or its installation; absent when it is right. */
  readonly wrong?: string
}

export interface DriverCheckOptions {
  readonly onCheck: (check: DriverCheck) => void
  /** For the hello; half a minute unless given. */
  readonly startMs?: number
  /** For a scenario of a library; half a minute unless given. */
  readonly limitMs?: number
}

const KEY = 'key-of-a-driver-check'
const MODEL = 'reference'
const LIMIT_MS = 30_000
/** No scenario asks more often than this when all is well. */
export const MOST_SCENARIO_REQUESTS = 12
/** From here on a client is a program, which may ask again after a refusal and cannot be told not to. */
const SLOWNESS_OF_PROGRAMS = 3

interface ScenarioTexts {
  readonly scenarios: Readonly<Record<string, { readonly value: readonly string[] }>>
}

/** Asks everything; never throws for what a driver does. */
export async function checkDriver(
  manifest: ClientManifest,
  { onCheck, startMs, limitMs = LIMIT_MS }: DriverCheckOptions,
): Promise<readonly DriverCheck[]> {
  const checks: DriverCheck[] = []
  const report = (title: string, wrong?: string): void => {
    const check = { title, ...(wrong === undefined ? {} : { wrong }) }
    checks.push(check)
    onCheck(check)
  }
  const { scenarios: known } = JSON.parse(readFileSync(scenariosFile, 'utf8')) as ScenarioTexts
  const reference = await startReference({ keys: [KEY], model: MODEL })
  const counter = countRequests(reference)
  const begin = (): Promise<DriverProcess> =>
    startDriver(manifest, {
      key: KEY,
      model: MODEL,
      trusted: true,
      ...(startMs === undefined ? {} : { startMs }),
    })
  let driver: DriverProcess | undefined

  async function ask(scenario: string): Promise<FlowResult | 'loops'> {
    if (driver?.isFit() !== true) driver = await begin()
    const current = driver
    const looping = counter.begin()
    const told = await Promise.race([
      current.ask({
        scenario,
        baseUrl: reference.url,
        model: MODEL,
        limitMs: limitMs * current.hello.slowness,
      }),
      looping,
    ])
    if (told === 'loops') current.kill()
    return told
  }

  try {
    driver = await begin()
    const { hello } = driver
    report(`starts: ${describe(hello)}`)
    report('says who it is', wrongIn(hello, manifest, Object.keys(known)))
    const right = new Map<string, FlowResult>()
    for (const scenario of hello.scenarios) {
      const [first, second] = [await ask(scenario), await ask(scenario)]
      const allowed = known[rootOf(scenario, Object.keys(known)) ?? '']?.value ?? []
      const wrong = wrongAtRightServer(first, allowed) ?? wrongAtRightServer(second, allowed)
      const isSteady = isDeepStrictEqual(sorted(first), sorted(second))
      report(
        `does ${scenario}`,
        wrong ?? (isSteady ? undefined : 'its driver is wrong: two values differ'),
      )
      if (wrong === undefined && first !== 'loops') right.set(scenario, first)
    }
    const [plain] = right.keys()
    if (plain !== undefined) {
      counter.refuse(true)
      const told = await ask(plain)
      counter.refuse(false)
      report(
        'tells a refusal as an error, without trying again',
        wrongAtRefusal(told, counter.count(), hello),
      )
      const after = await ask(plain)
      const isSame = isDeepStrictEqual(sorted(after), sorted(right.get(plain)!))
      report(
        'goes on after an error',
        isSame ? undefined : `its driver is wrong: ${describeResult(after)}`,
      )
    }
    const unknown = await ask('a-scenario-that-nobody-knows')
    const isSkipped = unknown !== 'loops' && 'skipped' in unknown
    report(
      'skips a scenario that it does not know',
      isSkipped ? undefined : describeResult(unknown),
    )
    for (const how of ['close', 'say'] as const) {
      if (!driver.isFit()) driver = await begin()
      const code = await driver.finish(how, limitMs)
      const title =
        how === 'close' ? 'ends with 0 when its input ends' : 'ends with 0 when it is told'
      const did = code === undefined ? 'it went on' : `its exit code is ${code}`
      report(title, code === 0 ? undefined : `its driver is wrong: ${did}`)
    }
  } catch (error) {
    if (!(error instanceof DriverError)) throw error
    const whose =
      error.fault === 'not-installed' ? 'its installation is wrong' : 'its driver is wrong'
    report('starts', `${whose} (${error.fault}): ${error.message}`)
  } finally {
    driver?.kill()
    await reference.close()
  }
  return checks
}

function describe({ package: name, version, runtime, scenarios }: DriverHello): string {
  return `${name} ${version} on ${runtime}, ${scenarios.length} scenarios`
}

/** `structured-tool` is a way to do `structured`. */
function rootOf(scenario: string, known: readonly string[]): string | undefined {
  return known.includes(scenario)
    ? scenario
    : known.findLast((name) => scenario.startsWith(`${name}-`))
}

function wrongIn(
  { client, language, version, scenarios }: DriverHello,
  manifest: ClientManifest,
  known: readonly string[],
): string | undefined {
  const because = 'its driver is wrong:'
  if (client !== manifest.id)
    return `${because} it calls itself ${client}, its folder ${manifest.id}`
  if (language !== manifest.language) {
    return `${because} its language is ${language}, in its manifest ${manifest.language}`
  }
  const strange = scenarios.find((scenario) => rootOf(scenario, known) === undefined)
  if (strange !== undefined) return `${because} there is no scenario ${strange}`
  const profile = clientProfileOf(client)
  return profile === undefined || profile.version === version
    ? undefined
    : `its installation is wrong: version ${version}, and its profile is of ${profile.version}`
}

function wrongAtRightServer(
  told: FlowResult | 'loops',
  allowed: readonly string[],
): string | undefined {
  if (told === 'loops' || !('value' in told)) return describeResult(told)
  const { value } = told
  if (!isObject(value)) return `its driver is wrong: its value is ${show(value)}, no object`
  const strange = Object.keys(value).find((key) => !allowed.includes(key))
  if (strange !== undefined) return `its driver is wrong: ${strange} is no key of this scenario`
  return JSON.stringify(value).includes(KEY) ? 'its driver is wrong: it tells the key' : undefined
}

function wrongAtRefusal(
  told: FlowResult | 'loops',
  requests: number,
  { slowness }: DriverHello,
): string | undefined {
  if (told === 'loops') return 'its driver is wrong: it asks again and again'
  if ('value' in told) return `its driver is wrong: it hides the error and says ${show(told.value)}`
  if (!('error' in told)) return describeResult(told)
  if (told.error.name === 'Exit') return `its driver is wrong: ${told.error.message}`
  return requests > 1 && slowness < SLOWNESS_OF_PROGRAMS
    ? `its driver is wrong: it asked ${requests} times; turn off what tries again`
    : undefined
}

/** What is not a value, and whose fault it is. */
function describeResult(told: FlowResult | 'loops'): string {
  if (told === 'loops') {
    return `the client loops: more than ${MOST_SCENARIO_REQUESTS} requests to the right server`
  }
  if ('broken' in told) return `its driver is wrong (${told.broken.fault}): ${told.broken.message}`
  if ('hung' in told) return 'the client hangs at the right server'
  if ('skipped' in told) return `its driver is wrong: it skips it: ${told.skipped}`
  if ('value' in told) return `it says ${show(told.value)}`
  const { name, message, where = '' } = told.error
  const place = where === '' ? '' : ` (${where})`
  return name === 'Exit'
    ? `the client ends the process: ${message}`
    : `the client throws at the right server: ${name}: ${message}${place}`
}

/** Parallel calls come in any order, and so does what is said of them. */
function sorted(told: FlowResult | 'loops'): unknown {
  if (told === 'loops' || !('value' in told) || !isObject(told.value)) return told
  return Object.entries(told.value).map(([key, value]) => [
    key,
    Array.isArray(value)
      ? value.map((one) => JSON.stringify(one)).toSorted()
      : typeof value === 'string'
        ? value.split('\n').toSorted()
        : value,
  ])
}

/** Counts the requests of a scenario, and refuses all of them when told. */
function countRequests(reference: Reference) {
  let requests = 0
  let refuses = false
  let tell: (value: 'loops') => void = () => undefined
  reference.mutate({
    request(heard) {
      if (++requests > MOST_SCENARIO_REQUESTS) tell('loops')
      return heard
    },
    reply: (reply) =>
      refuses
        ? {
            status: 500,
            headers: { 'content-type': 'application/json' },
            body: {
              json: {
                error: {
                  message: 'refused by a check',
                  type: 'server_error',
                  param: null,
                  code: null,
                },
              },
            },
          }
        : reply,
  })
  return {
    begin(): Promise<'loops'> {
      requests = 0
      return new Promise((resolve) => (tell = resolve))
    },
    count: () => requests,
    refuse: (next: boolean): void => void (refuses = next),
  }
}
