// What a run spends beside what it said it would: tokens, requests and seconds, on servers of this script.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunResult } from '../src/types/index.ts'
import { MAIN, measureCommand, printPart } from './measure-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'responses-conformance-spending-'))
process.env['BENCH_KEY'] = 'test'

interface Spent {
  readonly requests: number
  readonly tokens: number
  readonly wall: number
  /** As it was printed before the run. */
  readonly forecast: { readonly tokens: number; readonly seconds: number }
}

async function spend(name: string, baseUrl: string, ...more: readonly string[]): Promise<Spent> {
  const out = join(folder, name)
  const target = ['--base-url', baseUrl, '--model', 'reference', '--api-key-env', 'BENCH_KEY']
  const run = ['run', ...target, '--out', out, ...more]
  const { stderr, wall } = await measureCommand(folder, folder, 'node', MAIN, ...run)
  const { targets } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as RunResult
  const { requests, inputTokens, outputTokens } = targets[0]!.usage
  const [, tokens = '0', number = '0', unit] =
    /about ([\d,]+) tokens, about ([\d.]+) (s|min)/.exec(stderr) ?? []
  const forecast = {
    tokens: Number(tokens.replaceAll(',', '')),
    seconds: Number(number) * (unit === 'min' ? 60 : 1),
  }
  return { requests, tokens: inputTokens + outputTokens, wall, forecast }
}

async function serve(...args: readonly string[]) {
  const child = spawn(process.execPath, [MAIN, 'serve', ...args])
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return { url: /http:\/\/\S+/.exec(said.toString())?.[0] ?? '', end: () => child.kill() }
}

const failing = createServer((_, reply) => {
  reply.writeHead(500, { 'content-type': 'application/json' })
  reply.end('{"error":{"message":"down","type":"server_error","code":null,"param":null}}')
}).listen(0, '127.0.0.1')
await once(failing, 'listening')
const port = (failing.address() as AddressInfo).port
const failed = await spend('failing', `http://127.0.0.1:${port}/v1`)
failing.close()

const CAP = 1_000
const right = await serve()
const capped = await spend('capped', right.url, '--max-tokens', String(CAP))
right.end()

const talkative = await serve('--weak', 'endless')
const talked = await spend('talkative', talkative.url)
talkative.end()

const RATE = 20
const slow = await serve('--token-rate', String(RATE))
const paced = await spend('paced', slow.url, '--smoke')
slow.end()
rmSync(folder, { recursive: true, force: true })

const over = capped.tokens - CAP
const ratio = (a: number, b: number): string => (b === 0 ? 'no forecast' : (a / b).toFixed(2))
const row = (what: string, { requests, tokens, wall, forecast }: Spent): string =>
  `| ${what} | ${requests} | ${tokens} | ${forecast.tokens} | ${wall.toFixed(1)} s | ${forecast.seconds} s |`
printPart({
  title: 'What a run spends beside its forecast',
  goals: [
    ['requests to a server that answers 500 to everything', '≤ 12', String(failed.requests)],
    [
      `tokens beyond \`--max-tokens ${CAP}\``,
      '≤ one request',
      over <= 0 ? `none (${capped.tokens} spent)` : `${over} in ${capped.requests} requests`,
    ],
    [
      'tokens of a talkative model (`serve --weak endless`) against the forecast',
      '≤ 1.3',
      ratio(talked.tokens, talked.forecast.tokens),
    ],
    [
      `wall at ${RATE} deltas a second (\`--smoke\`) against the forecast`,
      '≤ 1.5',
      ratio(paced.wall, paced.forecast.seconds),
    ],
  ],
  rows: [
    '| run | requests | tokens | forecast | wall | forecast |',
    '|---|---|---|---|---|---|',
    row('500 to everything', failed),
    row(`\`--max-tokens ${CAP}\``, capped),
    row('talkative', talked),
    row(`${RATE} deltas a second, \`--smoke\``, paced),
  ],
})
