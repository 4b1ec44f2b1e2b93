import type { Mutation } from '../../src/types/index.ts'

/** A provider with several faults at once, in this order. */
export function together(mutations: readonly Mutation[]): Mutation {
  return {
    request: (heard) =>
      mutations.reduce((request, one) => one.request?.(request) ?? request, heard),
    reply: (right, heard) =>
      mutations.reduce((reply, one) => one.reply?.(reply, heard) ?? reply, right),
    wire: (actions, reply) =>
      mutations.reduce((sent, one) => one.wire?.(sent, reply) ?? sent, actions),
  }
}
