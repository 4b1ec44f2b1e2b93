// The command `watch`: passes what a user's own client sends on to an endpoint, and judges it as it comes.

import { join } from 'node:path'
import { escapeControls } from '../../../reporters/common/escape.ts'
import { failuresOf, warningsOf } from '../../../reporters/common/failure-report.ts'
import { formatCount } from '../../../reporters/common/labels.ts'
import { getEnvironment, resolvePath } from '../../base/current-environment.ts'
import { UsageError } from '../../base/errors.ts'
import { isStream } from '../../authoring/read.ts'
import { startProxy, type Proxy } from '../../drivers/recording-proxy.ts'
import {
  listSecrets,
  buildExchange,
  type RecordedExchange,
} from '../../evidence/rebuild-exchange.ts'
import { openStore, type EvidenceStore } from '../../evidence/saved-exchanges.ts'
import { EXIT, type ExitCode } from '../../result/exit-code.ts'
import { createTrafficJudge, writeOnce, type TrafficJudge } from '../../run/judge-traffic.ts'
import { prepareFolder } from '../../run/run-in-worker.ts'
import { createRedactor } from '../../target/redact.ts'
import { resolveTargets } from '../../target/resolve-targets.ts'
import { removeSecrets } from '../../target/secret-scan.ts'
import type { Target } from '../../target/target-and-keys.ts'
import { maskMessage } from '../../evidence/traffic/mask-texts.ts'
import type { Exchange, Unjudged, RecordedMessage } from '../../types/index.ts'
import { showResult, chooseYardsticks } from './judge.ts'

export interface WatchFlags {
  readonly to: string
  readonly port: number
  readonly contract: string
  readonly out: string
  readonly maskText?: boolean
  readonly proxy?: string
  readonly ca?: string
  readonly verbose?: boolean
}

/** More are passed on, and no longer judged. */
const MOST_WATCHED = 10_000

export async function executeWatch(flags: WatchFlags): Promise<ExitCode> {
  const { stdout, stderr, listenForStop } = getEnvironment()
  const [target] = resolveTargets([], {
    baseUrl: flags.to,
    model: 'MODEL',
    withoutKeys: true,
    ...(flags.proxy === undefined ? {} : { proxy: flags.proxy }),
    ...(flags.ca === undefined ? {} : { ca: flags.ca }),
  })
  const out = resolvePath(flags.out)
  prepareFolder(out)
  const store = openStore(join(out, 'evidence'))
  const judge = await createTrafficJudge({
    contract: flags.contract,
    yardsticks: chooseYardsticks(flags.contract),
    store,
    isWritten: true,
  })
  const watched = createWatcher(judge, store, flags.maskText === true)
  const proxy = await listen(target!, flags.port, watched.add)
  const stop = listenForStop()
  stdout.write(`${proxy.url}\n`)
  stderr.write(
    `Give your client this as its base URL; what it sends goes to ${target!.baseUrl}. Ctrl-C ends it and writes ${flags.out}.\n`,
  )
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener('abort', resolve))
  await proxy.close()
  const exchanges = await watched.end()
  if (exchanges.length === 0) {
    stderr.write(
      `Nothing of this API passed, so nothing is judged. The base URL was ${proxy.url}\n`,
    )
    return EXIT.incomplete
  }
  const code = await showResult(await judge(exchanges), store.load, {
    out: flags.out,
    format: 'text',
    verbose: flags.verbose ?? false,
    hide: createRedactor(watched.secrets()).text,
  })
  const guilty = removeSecrets(out, watched.secrets())
  for (const file of guilty) stderr.write(`${file} held a key and was deleted\n`)
  return guilty.length > 0 ? EXIT.secret : code
}

async function listen(
  target: Target,
  port: number,
  onMessage: (message: RecordedMessage | Unjudged) => void,
): Promise<Proxy> {
  try {
    return await startProxy(target, { port, passesKey: true, onMessage })
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (syscall !== 'listen') throw error
    const why = code === 'EADDRINUSE' ? 'another program listens there' : code
    throw new UsageError(`Cannot listen on port ${port}: ${why}. Choose another with --port.`)
  }
}

/** Judges each exchange when it is over, one after the other, and says what is new. */
function createWatcher(judge: TrafficJudge, store: EvidenceStore, masksTexts: boolean) {
  const { stdout, stderr } = getEnvironment()
  const exchanges: RecordedExchange[] = []
  const secrets = new Set<string>()
  const known = new Set<string>()
  let queue: Promise<void> = Promise.resolve()
  let left = 0

  async function take(message: RecordedMessage | Unjudged): Promise<void> {
    const rebuilt = 'because' in message ? message : rebuild(message)
    if ('because' in rebuilt) {
      stderr.write(`${escapeControls(`– ${rebuilt.place} is not judged: ${rebuilt.because}`)}\n`)
      return
    }
    if (exchanges.length === MOST_WATCHED) {
      left += 1
      if (left === 1)
        stderr.write(`– after ${MOST_WATCHED} exchanges the next ones are passed on only\n`)
      return
    }
    const saved = await writeOnce(rebuilt, store)
    // Its bytes are in its file.
    const kept = { ...rebuilt, exchange: saved, bytes: Buffer.alloc(0) }
    exchanges.push(kept)
    const { result } = await judge([kept])
    const [target] = result.targets
    const failures = failuresOf(result, target!)
    const warnings = warningsOf(result, target!)
    let again = 0
    const lines = [...failures, ...warnings].flatMap(({ group, sentence, finding }, at) => {
      const mark = at < failures.length ? '✗' : '▲'
      if (known.has(group.check)) {
        again += 1
        return []
      }
      known.add(group.check)
      const line = `    ${mark} ${group.check}: ${sentence}`
      if (finding === undefined) return [line]
      return [line, `      ${finding.at}: expected ${finding.expected}, came ${finding.actual}`]
    })
    const hide = createRedactor([...secrets]).text
    const told = [
      `${describe(saved, failures.length, warnings.length)}${again === 0 ? '' : ` (${again} told before)`}`,
      ...lines,
    ]
    stdout.write(told.map((line) => `${hide(escapeControls(line))}\n`).join(''))
  }

  function rebuild(message: RecordedMessage): RecordedExchange | Unjudged {
    for (const secret of listSecrets(message)) secrets.add(secret)
    const shown = masksTexts ? maskMessage(message) : message
    return buildExchange(shown, 'watch', [...secrets])
  }

  return {
    add(message: RecordedMessage | Unjudged): void {
      queue = queue
        .then(() => take(message))
        .catch((error: unknown) => {
          stderr.write(`– ${message.place} is not judged: ${escapeControls(String(error))}\n`)
        })
    },
    async end(): Promise<readonly RecordedExchange[]> {
      await queue
      return exchanges
    },
    secrets: (): readonly string[] => [...secrets],
  }
}

function describe(exchange: Exchange, failures: number, warnings: number): string {
  const { request, status, timing } = exchange
  const mark = failures > 0 ? '✗' : warnings > 0 ? '▲' : '✓'
  const time = timing === undefined ? '' : `, ${timing.endMs} ms`
  const form = isStream(exchange) ? ', a stream' : ''
  const wrong =
    failures + warnings === 0
      ? 'nothing wrong'
      : [
          ...(failures === 0 ? [] : [formatCount(failures, 'failure')]),
          ...(warnings === 0 ? [] : [formatCount(warnings, 'warning')]),
        ].join(', ')
  return `${mark} ${request.method} ${request.path} ${status}${form}${time}: ${wrong}`
}
