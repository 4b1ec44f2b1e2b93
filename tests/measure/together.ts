import type { Sabotage } from '../../src/types/index.ts'

/** A provider with several faults at once, in this order. */
export function together(sabotages: readonly Sabotage[]): Sabotage {
  return {
    request: (heard) =>
      sabotages.reduce((request, one) => one.request?.(request) ?? request, heard),
    reply: (right, heard) =>
      sabotages.reduce((reply, one) => one.reply?.(reply, heard) ?? reply, right),
    wire: (actions, reply) =>
      sabotages.reduce((sent, one) => one.wire?.(sent, reply) ?? sent, actions),
  }
}
