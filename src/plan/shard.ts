// Divides the cases of a run between several machines.

import type { Case } from './plan.ts'

/**
 * This machine's part: whole features of whole targets, dealt out in turn. What holds for every
 * exchange is judged on this part, and judged again on all of it by `merge`.
 */
export function shardOf(
  cases: readonly Case[],
  targetIndex: number,
  [part, of]: readonly [part: number, of: number],
): readonly Case[] {
  const features = [...new Set(cases.map(({ feature }) => feature))].toSorted()
  return cases.filter(
    ({ scenario, feature }) =>
      scenario === 'every' ||
      (targetIndex * features.length + features.indexOf(feature)) % of === part - 1,
  )
}
