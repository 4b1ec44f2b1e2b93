// The command `plan`: what a run would send and cost. Nothing is sent, and no key is needed.

import { formatCount } from '../../../reporters/common/labels.ts'
import { loadSuites } from '../../plan/load-suites-and-reporters.ts'
import type { Estimate } from '../../plan/estimate.ts'
import { SECONDS_PER_ANSWER } from '../../plan/estimate.ts'
import { createBuiltInTarget } from '../../run/built-in-provider.ts'
import { splitBudget } from '../../target/split-budget.ts'
import { limitOf } from '../../run/run-and-report.ts'
import { planTargets, selectionOf, type TargetPlan } from '../../run/plan-targets.ts'
import { fetchContract } from '../config/fetch-contract.ts'
import { readSetting } from '../config/settings.ts'
import type { RunFlags } from '../../run/options.ts'
import { formatSeconds } from '../terminal/duration.ts'
import { getEnvironment } from '../../base/current-environment.ts'

export interface PlanFlags extends RunFlags {
  readonly format: 'text' | 'json'
}

export async function executePlan(ids: readonly string[], given: PlanFlags): Promise<void> {
  const { flags, targets } = await readSetting(ids, {
    ...(await fetchContract(given)),
    withoutKeys: true,
  })
  const asked =
    targets.length > 0
      ? targets
      : (['openai', 'open-responses'] as const).map((dialect) =>
          createBuiltInTarget(dialect, 'http://127.0.0.1/v1', flags),
        )
  const suites = await loadSuites(flags.load)
  const plans = planTargets(
    splitBudget(asked, flags.budget),
    selectionOf(flags, suites),
    flags,
    suites,
  )
  getEnvironment().stdout.write(
    flags.format === 'json'
      ? `${JSON.stringify(plans.map(asJson), null, 2)}\n`
      : `${plans.map((plan) => asText(plan, flags.attempts ?? 2)).join('\n\n')}\n\nThe whole run ends after ${formatSeconds(limitOf(plans, flags) / 1000)} at the latest (--max-time).\n${NOTE}\n`,
  )
}

const NOTE = `Nothing was sent. Requests are counted, tokens and time are estimated: input from the size of the
requests, output from answers of the reference provider and max_output_tokens, ${SECONDS_PER_ANSWER} s for an answer.
A model that reasons or talks more writes several times as many tokens; --max-tokens is a hard cap.`

function asJson({ target, cases, forecast: estimate }: TargetPlan) {
  const { id, baseUrl, models, limits } = target
  return { target: id, endpoint: baseUrl, models, limits, checks: cases.length, ...estimate }
}

/** `150 requests, about 11,300 tokens, about 2 min` */
export function summarizeEstimate(estimate: Estimate): string {
  return `${summarizeCost(estimate)}, about ${formatSeconds(estimate.seconds)}`
}

/** `150 requests, about 11,300 tokens`: what is answered without a model takes no time that is known before. */
export function summarizeCost({ requests, inputTokens, outputTokens }: Estimate): string {
  return `${number(requests)} request${requests === 1 ? '' : 's'}, about ${number(rounded(inputTokens + outputTokens))} tokens`
}

function asText({ target, cases, forecast: estimate }: TargetPlan, attempts: number): string {
  const { suites, requests, inputTokens, outputTokens, again, leftOut } = estimate
  const width = Math.max(...suites.map(({ feature }) => feature.length), 5)
  const row = (name: string, ...cells: readonly (number | string)[]): string =>
    `  ${name.padEnd(width)}${cells.map((cell) => String(cell).padStart(12)).join('')}`
  const counted = (name: string, of: Omit<Estimate['suites'][number], 'feature'>): string =>
    row(name, number(of.requests), number(of.inputTokens), number(of.outputTokens))
  const { requests: cap, tokens } = target.limits
  return [
    `${target.id} · ${target.baseUrl} · ${target.models.text} · ${number(cases.length)} checks`,
    '',
    row('suite', 'requests', 'tokens in', 'tokens out'),
    ...suites.map((suite) => counted(suite.feature, suite)),
    counted('total', estimate),
    '',
    `  ${summarizeEstimate(estimate)}, ${target.limits.concurrency} in flight${
      target.limits.perMinute === undefined ? '' : `, ${target.limits.perMinute} a minute`
    }`,
    ...(again === 0
      ? []
      : [`  up to ${number(again)} more where a model declines (--attempts ${attempts})`]),
    ...(cap !== undefined && cap < requests
      ? [`  ! the cap of ${number(cap)} requests will stop it`]
      : []),
    ...(tokens !== undefined && tokens < inputTokens + outputTokens
      ? [`  ! the cap of ${number(tokens)} tokens will stop it`]
      : []),
    ...leftOut.map(({ note, checks }) => `  – ${formatCount(checks, 'check')} left out: ${note}`),
  ].join('\n')
}

/** Two figures are all that an estimate has. */
function rounded(value: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1)
  return Math.round(value / step) * step
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
