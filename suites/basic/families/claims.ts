import { defineCheck, defineFamily } from '../../../src/authoring/define.ts'
import type { Check, Claim, Contract } from '../../../src/types/index.ts'
import { findProbeOf } from '../claim-probes.ts'

export default defineFamily({
  id: 'basic/claims',
  title: 'Each sentence of the documents that an answer can show',
  covers: ['own-claim-kept', 'own-denial-holds'],
  // Several sentences may say the same.
  cases: (contract) => [
    ...new Map(
      contract.claims
        .filter(({ untestable }) => contract.kind !== 'yardstick' && untestable === undefined)
        .flatMap((claim) => caseOf(contract, claim))
        .map((check) => [check.id, check]),
    ).values(),
  ],
})

function caseOf(contract: Contract, claim: Claim): readonly Check[] {
  const { hinge = '', status } = claim
  const probe = findProbeOf(claim, contract)
  if (probe === undefined) return []
  const { title, scenario, judge, broken } = probe
  const name = hinge.replaceAll(/[^a-z0-9_.-]+/gi, '-').replaceAll(/^-|-$/g, '')
  return [
    defineCheck({
      id: `basic/claims/${name}`,
      title,
      kind: 'wire',
      scenario,
      covers: [status === 'denied' ? 'own-denial-holds' : 'own-claim-kept'],
      promises: [hinge],
      only: ['own'],
      judge,
      mutants: [{ story: `a server that does not do what the page says: ${title}`, ...broken }],
    }),
  ]
}
