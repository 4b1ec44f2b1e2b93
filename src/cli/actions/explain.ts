// The command `explain`: what a check or requirement demands, its source, and an example right and wrong.

import { formatBlocks, type Block } from '../../../reporters/common/blocks.ts'
import { createUnknownNameError } from '../../base/closest-name.ts'
import { loadContracts } from '../../contract/file/load.ts'
import { findInCatalogue, listNames } from '../../plan/find-check-by-name.ts'
import { loadSuites, type Suite } from '../../plan/load-suites-and-reporters.ts'
import { loadRequirements } from '../../plan/requirements/requirement-catalogue.ts'
import { traceRequirements } from '../../plan/trace.ts'
import { describeCheck, describeRequirement } from '../../explain/check-page.ts'
import type { Requirement } from '../../types/index.ts'
import type { ListFlags } from './list.ts'
import { getEnvironment } from '../../base/current-environment.ts'

export type ExplainFlags = Pick<ListFlags, 'load'>

const WIDTH = 100

export async function executeExplain(id: string, { load }: ExplainFlags): Promise<void> {
  const suites = await loadSuites(load)
  const requirement = loadRequirements().get(id)
  const blocks =
    requirement === undefined ? await aboutCheck(id, suites) : aboutRequirement(requirement, suites)
  getEnvironment().stdout.write(`${formatBlocks(blocks, WIDTH).join('\n')}\n`)
}

async function aboutCheck(id: string, suites: readonly Suite[]): Promise<readonly Block[]> {
  const entry = findInCatalogue(id, suites)
  if (entry === undefined) {
    throw createUnknownNameError(
      'check or requirement',
      id,
      [...loadRequirements().keys(), ...listNames(suites)],
      '"list checks" and "list requirements" show all, --load adds your own.',
    )
  }
  const name = entry.cases === undefined ? entry.id : `${entry.id}/*`
  return [{ heading: name }, ...(await describeCheck(entry, suites))]
}

function aboutRequirement(requirement: Requirement, suites: readonly Suite[]): readonly Block[] {
  const trace = traceRequirements(suites, loadContracts(), loadRequirements())
  const { checks = [] } = trace.find((each) => each.requirement.id === requirement.id) ?? {}
  const { id, untestable } = requirement
  return [
    { heading: id },
    ...describeRequirement(requirement),
    ...(untestable === undefined ? [] : [{ text: `Not tested: ${untestable}` }]),
    { text: `Shown by${checks.length === 0 ? ' no check.' : ':'}` },
    ...(checks.length === 0 ? [] : [{ items: checks }]),
    ...(checks[0] === undefined
      ? []
      : [{ code: [`npx responses-conformance explain ${checks[0]}`] }]),
  ]
}
