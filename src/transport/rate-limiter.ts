/** Limits how many requests one provider sees at a time, and obeys it when it says that they are too many. */
export interface RateLimiter {
  /**
   * Runs `task` in a slot; an urgent one before all that are not. Rejects with `signal.reason` when
   * aborted while waiting.
   */
  run<T>(task: () => Promise<T>, signal?: AbortSignal, urgent?: boolean): Promise<T>
  /** After a 429: nothing starts for so many milliseconds, and fewer requests run at a time. */
  slowDown(ms: number): void
  /** Milliseconds during which the gate was closed by `slowDown`. */
  readonly waitedMs: number
  readonly limit: number
}

interface RateLimiterOptions {
  readonly concurrency: number
  /** Requests per minute; no limit when absent. */
  readonly perMinute?: number
}

interface Waiting {
  readonly start: () => void
  readonly reject: (reason: unknown) => void
  readonly signal: AbortSignal | undefined
}

/** Successes in a row after which one more request may run at a time. */
const RECOVERY = 20

export function createRateLimiter({ concurrency, perMinute }: RateLimiterOptions): RateLimiter {
  const urgently: Waiting[] = []
  const waiting: Waiting[] = []
  const heard = new WeakSet<AbortSignal>()
  const spacing = perMinute === undefined ? 0 : 60_000 / perMinute
  let limit = concurrency
  let running = 0
  let streak = 0
  let closedUntil = 0
  let nextStart = 0
  let waitedMs = 0
  let timer: NodeJS.Timeout | undefined

  function pump(): void {
    if (timer !== undefined) return
    while (urgently.length + waiting.length > 0 && running < limit) {
      const now = Date.now()
      const wait = Math.max(closedUntil, nextStart) - now
      if (wait > 0) {
        timer = setTimeout(() => {
          timer = undefined
          pump()
        }, wait)
        return
      }
      nextStart = now + spacing
      running++
      const next = urgently.shift() ?? waiting.shift()
      next!.start()
    }
  }

  async function enter(queue: Waiting[], signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    if (signal !== undefined) listenTo(signal)
    await new Promise<void>((start, reject) => {
      queue.push({ start, reject, signal })
      pump()
    })
  }

  /** Once for each signal: a run's has thousands waiting. */
  function listenTo(signal: AbortSignal): void {
    if (heard.has(signal)) return
    heard.add(signal)
    const leave = (queue: Waiting[]): void => {
      for (const each of queue.splice(0)) {
        if (each.signal === signal) each.reject(signal.reason)
        else queue.push(each)
      }
    }
    signal.addEventListener('abort', () => [urgently, waiting].forEach(leave), { once: true })
  }

  return {
    async run(task, signal, urgent = false) {
      await enter(urgent ? urgently : waiting, signal)
      const before = limit
      try {
        return await task()
      } finally {
        running--
        if (limit === before && limit < concurrency && ++streak >= RECOVERY) {
          streak = 0
          limit++
        }
        pump()
      }
    },
    slowDown(ms) {
      const now = Date.now()
      const until = now + ms
      if (until > closedUntil) {
        waitedMs += until - Math.max(now, closedUntil)
        closedUntil = until
      }
      streak = 0
      limit = Math.max(1, Math.floor(limit / 2))
    },
    get waitedMs() {
      return waitedMs
    },
    get limit() {
      return limit
    },
  }
}
