// Tests the way to an endpoint, one layer at a time: name, connection, TLS. No request is sent.

import { lookup } from 'node:dns/promises'
import { readFileSync } from 'node:fs'
import { connect as connectTcp, isIP } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { Target } from '../target/target-and-keys.ts'

export interface ConnectionStep {
  readonly layer: 'name' | 'connection' | 'tls'
  readonly ms: number
  /** What was found, or what is wrong. */
  readonly note: string
  /** The error's code; absent when the layer works. */
  readonly failed?: string
}

type Attempt = readonly [layer: ConnectionStep['layer'], attempt: () => Promise<string>]

const LIMIT_MS = 10_000

/** Stops at the first layer that fails. With a proxy it is the proxy that must be reached. */
export async function testConnection(
  target: Pick<Target, 'baseUrl' | 'proxy' | 'ca'>,
): Promise<readonly ConnectionStep[]> {
  const url = new URL(target.proxy ?? target.baseUrl)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const secure = url.protocol === 'https:'
  const port = url.port === '' ? (secure ? 443 : 80) : Number(url.port)
  const ca = target.ca === undefined ? undefined : readFileSync(target.ca, 'utf8')
  const steps: ConnectionStep[] = []
  const layers: readonly Attempt[] = [
    ['name', () => resolveName(host)],
    ['connection', () => connection(host, port)],
    ...(secure ? [['tls', () => handshake(host, port, ca)] as const] : []),
  ]
  for (const [layer, attempt] of layers) {
    const started = Date.now()
    try {
      const note = await attempt()
      steps.push({ layer, ms: Date.now() - started, note })
    } catch (error) {
      const { code = 'ERROR', message } = error as NodeJS.ErrnoException
      steps.push({ layer, ms: Date.now() - started, note: plainly(message) || code, failed: code })
      break
    }
  }
  return steps
}

/** Whether the port of a target speaks TLS, with whatever certificate. */
export async function testTls({ baseUrl }: Pick<Target, 'baseUrl'>): Promise<boolean> {
  const { hostname, port } = new URL(baseUrl)
  const host = hostname.replace(/^\[|\]$/g, '')
  return new Promise((resolve) => {
    const socket = connectTls({
      host,
      port: port === '' ? 80 : Number(port),
      timeout: LIMIT_MS,
      rejectUnauthorized: false,
    })
    const tell = (speaks: boolean) => () => {
      socket.destroy()
      resolve(speaks)
    }
    socket.once('secureConnect', tell(true))
    socket.once('timeout', tell(false)).once('error', tell(false))
  })
}

/** What a TLS library says is for its authors; the reason is in the middle of it. */
function plainly(message: string): string {
  const reason = /:SSL routines:[^:]*:([^:]+):/.exec(message)?.[1]
  return reason === undefined ? message : `no TLS handshake: ${reason}`
}

async function resolveName(host: string): Promise<string> {
  if (isIP(host) !== 0) return `${host} is an address`
  const found = await lookup(host, { all: true })
  return `${host} is ${found
    .map(({ address }) => address)
    .slice(0, 3)
    .join(', ')}`
}

function connection(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host, port, timeout: LIMIT_MS })
    socket.once('connect', () => {
      socket.destroy()
      resolve(`${host}:${port} accepts connections`)
    })
    socket.once('timeout', () => socket.destroy(timedOut(`no answer from ${host}:${port}`)))
    socket.once('error', reject)
  })
}

function handshake(host: string, port: number, ca: string | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({
      host,
      port,
      timeout: LIMIT_MS,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(ca === undefined ? {} : { ca }),
    })
    socket.once('secureConnect', () => {
      const note = described(socket)
      socket.destroy()
      resolve(note)
    })
    socket.once('timeout', () => socket.destroy(timedOut('no TLS handshake')))
    socket.once('error', reject)
  })
}

function described(socket: TLSSocket): string {
  const { valid_to } = socket.getPeerCertificate()
  const until = new Date(valid_to)
  const day = Number.isNaN(until.getTime())
    ? ''
    : `, certificate valid until ${until.toISOString().slice(0, 10)}`
  return `${socket.getProtocol() ?? 'TLS'}${day}`
}

function timedOut(message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${message} within ${LIMIT_MS / 1000} s`), { code: 'ETIMEDOUT' })
}
