// What a stored run asked, against what would be asked today: an answer to another question is no evidence.

import { isDeepStrictEqual } from 'node:util'
import { NothingToBuildOn } from '../src/authoring/define.ts'
import { isObject } from '../src/base/json.ts'
import type { JournalEntry } from '../src/evidence/journal.ts'
import { requestOfStep } from '../src/evidence/find-shareable-steps.ts'
import { loadSuites } from '../src/plan/load-suites-and-reporters.ts'
import { createPlanner, scenariosOf } from '../src/plan/plan.ts'
import { yardsticksOf } from '../src/plan/yardsticks-of-target.ts'
import { AnswerNeededError, createRequestBuilder } from '../src/request/builder.ts'
import type { Json, Scenario } from '../src/types/index.ts'
import type { Evidence } from './results.ts'

/**
 * The scenarios of which a step that builds on no answer would be asked otherwise today. A run drew its words from its
 * own id; of one that was told from what, nothing can be compared, and nothing is named.
 */
export async function listChangedQuestions({
  journal,
  exchanges,
}: Evidence): Promise<readonly string[]> {
  const start = journal.find((entry) => entry.kind === 'start')
  const [target] = start?.specs ?? []
  if (start === undefined || target === undefined) return []
  const yardsticks = yardsticksOf(target)
  const planned = createPlanner(await loadSuites(), start.selection)(target, yardsticks)
  const scenarios = new Map<string, Scenario>(scenariosOf(planned).map((each) => [each.id, each]))
  const isChanged = (entry: Gathered): boolean => {
    const scenario = scenarios.get(entry.scenario)
    if (scenario === undefined) return false
    const isOwn = scenario.fresh === true || entry.attempt > 0
    const builder = createRequestBuilder({
      target,
      contract: yardsticks.own,
      seed: isOwn ? `${start.run.id}/${scenario.id}/${entry.attempt}` : start.run.id,
      prior(step) {
        throw new AnswerNeededError(step)
      },
    })
    if (builder.nonce !== entry.nonce) return false
    const ids = Object.values(entry.steps)
    return Object.entries(scenario.steps).some(([name, step]) => {
      // Where an earlier answer showed as much, it was not sent.
      const isSpared =
        step.spared !== undefined && ids.filter((id) => id === entry.steps[name]).length > 1
      if (isSpared) return false
      const sent = exchanges[entry.steps[name] ?? '']?.request.body
      const leftOut = (entry.leftOut?.[name] ?? []).map(({ field }) => field)
      try {
        const today = requestOfStep(step, builder)
        if (today instanceof NothingToBuildOn) return false
        return !isSame(today.body, sent, leftOut)
      } catch (error) {
        if (error instanceof AnswerNeededError) return false
        throw error
      }
    })
  }
  return [
    ...new Set(
      journal
        .filter((entry) => entry.kind === 'evidence')
        .filter(isChanged)
        .map(({ scenario }) => scenario),
    ),
  ]
}

type Gathered = Extract<JournalEntry, { kind: 'evidence' }>

/** Whether a body was sent as it would be today, but for a cap that was added and for fields that were refused. */
function isSame(today: unknown, sent: unknown, leftOut: readonly string[]): boolean {
  if (!isJson(today) || !isJson(sent)) return true
  const apart = new Set([
    ...leftOut,
    ...('max_output_tokens' in today.json ? [] : ['max_output_tokens']),
  ])
  const rest = (body: Readonly<Record<string, Json>>): unknown =>
    JSON.parse(
      JSON.stringify(Object.fromEntries(Object.entries(body).filter(([name]) => !apart.has(name)))),
    )
  return isDeepStrictEqual(rest(today.json), rest(sent.json))
}

function isJson(body: unknown): body is { readonly json: Readonly<Record<string, Json>> } {
  return isObject(body) && isObject(body['json'])
}
