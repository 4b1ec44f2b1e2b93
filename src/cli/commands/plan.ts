import type { Command } from 'commander'
import {
  addSelectionOptions,
  addTargetOptions,
  createAttemptsOption,
  createMaxTimeOption,
  formatOption,
  createShardOption,
} from '../options.ts'
import type { PlanFlags } from '../actions/plan.ts'

export function addPlanCommand(program: Command): void {
  const command = program
    .command('plan')
    .description('requests, tokens and time of a run, before anything is sent; no key is needed')
    .argument('[targets...]', 'as for run')
  addSelectionOptions(addTargetOptions(command))
    .addOption(createAttemptsOption())
    .addOption(createShardOption())
    .addOption(createMaxTimeOption())
    .addOption(formatOption())
    .addHelpText(
      'after',
      `
Examples:
  responses-conformance plan crun --suite basic streaming
  responses-conformance plan staging --shard 1/3
  responses-conformance plan --base-url http://localhost:1234/v1 --model my-model --rate 20`,
    )
    .action(async (ids: readonly string[], flags: PlanFlags) => {
      const { executePlan } = await import('../actions/plan.ts')
      await executePlan(ids, flags)
    })
}
