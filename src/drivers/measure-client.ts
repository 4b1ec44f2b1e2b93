// Drives a real client through its flows against a target, within bounds.

import { startReference } from '../../reference/main.ts'
import { describeFlow, flowsOfClient, type ClientFlow } from '../clients/flows.ts'
import { clientProfileOf } from '../clients/profile.ts'
import type { Target } from '../target/target-and-keys.ts'
import type { FlowAnswer, Json } from '../types/index.ts'
import type { FlowResult } from './driver-process.ts'
import { startClient } from './start-client.ts'
import { judgeToldValue } from './judge-told-value.ts'
import { startProxy, type PassedExchange } from './recording-proxy.ts'

/** A tool loop takes two or three requests, a few more with retries. Each costs. */
export const MOST_REQUESTS = 20
/** A tool loop with a real model takes several answers. */
export const FLOW_SECONDS = 120
/** What the client gets for a key: the proxy has the real one. */
const NO_KEY = 'kept-by-the-proxy'

export interface MeasuredClient {
  readonly target: string
  readonly client: string
  readonly version: string
  readonly flows: readonly FlowAnswer[]
  readonly requests: readonly PassedExchange[]
  /** By the target's own account. */
  readonly tokens: number
}

export interface MeasureOptions {
  readonly onFlow: (answer: FlowAnswer) => void
  /** Ends the client at once. */
  readonly signal?: AbortSignal
}

/**
 * Each flow once at the right server, on this machine, and once at the target. A flow that the client does
 * not do with the right server either accuses nobody. Throws when the client cannot be started.
 */
export async function measureClient(
  target: Target,
  client: string,
  { onFlow, signal }: MeasureOptions,
): Promise<MeasuredClient> {
  const profile = clientProfileOf(client)
  const model = target.models.text
  const reference = await startReference({ keys: [NO_KEY], model })
  const proxy = await startProxy(target)
  const driver = await startClient(client, { key: NO_KEY, model })
  const flows: FlowAnswer[] = []
  const stop = (): void => driver.end()
  const isStopped = (): boolean => signal?.aborted === true
  signal?.addEventListener('abort', stop)

  async function perform(flow: string, url: string): Promise<FlowResult | 'loops'> {
    const before = proxy.passed.length
    const looping = proxy.asked(before + MOST_REQUESTS + 1).then(() => 'loops' as const)
    const told = await Promise.race([driver.do(flow, url, FLOW_SECONDS * 1000), looping])
    if (told === 'loops') driver.stop()
    return told
  }

  async function measure({ id: flow, mode }: ClientFlow): Promise<FlowAnswer> {
    const about = { flow, what: describeFlow(profile ?? {}, flow), mode, isMeasured: true } as const
    const unknown = (reason: string): FlowAnswer => ({ ...about, answer: 'unknown', reason })
    const cap = overspent(target, proxy.passed)
    if (cap !== undefined) return unknown(`not run: the cap of ${cap} was reached`)
    if (isStopped()) return unknown('the run was stopped')
    const right = await perform(flow, reference.url)
    if (right === 'loops' || !('value' in right)) {
      return unknown('it does not do this on this machine with the right server either')
    }
    const told = await perform(flow, proxy.url)
    if (isStopped()) return unknown('the run was stopped')
    if (told !== 'loops' && 'broken' in told)
      return unknown(`its driver is wrong: ${told.broken.message}`)
    if (told !== 'loops' && 'skipped' in told) return unknown(`not run: ${told.skipped}`)
    const { effect, reason } = judgeToldValue(told, right.value as Json)
    const isBroken = effect !== 'works' && effect !== 'degraded'
    return {
      ...about,
      answer: isBroken ? 'breaks' : 'works',
      ...(reason === undefined ? {} : { reason }),
    }
  }

  try {
    const able = driver.flows
    for (const flow of profile === undefined ? [] : flowsOfClient(profile)) {
      if (!able.includes(flow.id)) continue
      const answer = await measure(flow)
      onFlow(answer)
      flows.push(answer)
    }
    const version = profile?.version ?? ''
    const tokens = tokensOf(proxy.passed)
    return { target: target.id, client, version, flows, requests: proxy.passed, tokens }
  } finally {
    signal?.removeEventListener('abort', stop)
    driver.end()
    await proxy.close()
    await reference.close()
  }
}

function overspent(
  { limits: { requests, tokens } }: Target,
  passed: readonly PassedExchange[],
): string | undefined {
  if (requests !== undefined && passed.length >= requests) return `${requests} requests`
  if (tokens !== undefined && tokensOf(passed) >= tokens) return `${tokens} tokens`
  return undefined
}

const tokensOf = (passed: readonly PassedExchange[]): number =>
  passed.reduce((sum, { tokens }) => sum + tokens, 0)
