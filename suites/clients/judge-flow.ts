// What a client makes of the answers of one flow, turn by turn: its needs, as far as it gets.

import type { ClientFlow } from '../../src/clients/flows.ts'
import type { ClientProfile } from '../../src/clients/profile.ts'
import type { Turn } from '../../src/clients/requests.ts'
import { quoteReply } from '../../src/authoring/judge-refusal.ts'
import type { ClientImpact, Exchange, Finding, JudgeContext } from '../../src/types/index.ts'
import { isAnswerTaken } from './client-got-answer.ts'
import { NEEDS } from './needs/index.ts'
import { typeNeedsOf } from './needs/types.ts'

export interface FlowFlaw {
  /** The need that is not met, or `accepted` where the turn was refused. */
  readonly need: string
  readonly effect: ClientImpact['effect']
  readonly finding: Finding
  /** The model may have done something else of its own accord. */
  readonly isDeclined?: true
}

export interface FlowAccount {
  /** What breaks it, all of the first turn that breaks; empty where none does. */
  readonly breaks: readonly FlowFlaw[]
  /** What it loses on the way. */
  readonly loses: readonly FlowFlaw[]
  /** The turn that was not answered, nor kept from it by one that breaks. */
  readonly unseen?: Turn
}

export function judgeFlow(
  profile: ClientProfile,
  flow: ClientFlow,
  exchanges: Readonly<Partial<Record<Turn, Exchange>>>,
  context: JudgeContext,
): FlowAccount {
  const loses: FlowFlaw[] = []
  for (const turn of flow.turns) {
    const exchange = exchanges[turn]
    if (exchange === undefined) return { breaks: [], loses, unseen: turn }
    const flaws = findFlaws(profile, flow, turn, exchange, context)
    const breaks = flaws.filter(({ effect }) => effect !== 'degraded')
    if (breaks.length > 0) return { breaks, loses }
    loses.push(...flaws)
  }
  return { breaks: [], loses }
}

function findFlaws(
  profile: ClientProfile,
  { mode, needs }: ClientFlow,
  step: Turn,
  exchange: Exchange,
  context: JudgeContext,
): readonly FlowFlaw[] {
  if (!isAnswerTaken(exchange)) {
    const finding: Finding = {
      step,
      at: 'status',
      expected: '200, as the request is what this client sends',
      actual: quoteReply(exchange, 300),
    }
    return [{ need: 'accepted', effect: 'throws', finding }]
  }
  const own = profile.modes[mode]!
  return [...NEEDS, ...typeNeedsOf(own)].flatMap((need): readonly FlowFlaw[] => {
    const effect = needs[need.id]
    if (effect === undefined) return []
    // What a conversation comes to is judged where an object is asked for; here it has to go on.
    if (step === 'again' && need.id === 'answers-as-asked') return []
    const flaw = need.judge(exchange, context, own)
    if (flaw === undefined) return []
    const isDeclined = need.declined?.(exchange) === true
    return [
      {
        need: need.id,
        effect,
        finding: { step, ...flaw, need: need.id },
        ...(isDeclined ? { isDeclined } : {}),
      },
    ]
  })
}
