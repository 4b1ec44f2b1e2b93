import type { Exchange, JudgeContext } from '../../src/types/index.ts'

/**
 * Whether the documents of this role rule the mistake out. A provider's own page binds it to what
 * the page says: a number is only out of range where a range is written.
 */
export function isRuledOut(
  exchange: Exchange,
  at: string | undefined,
  context: JudgeContext,
): boolean {
  if (context.yardstick !== 'own' || at === undefined || at === '/model') return true
  return context.contract.requestFlaws(exchange.request).some((flaw) => flaw.at.startsWith(at))
}
