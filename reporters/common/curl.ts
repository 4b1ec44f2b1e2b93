import type { TargetRecord, WireRequest } from '../../src/types/index.ts'

/**
 * A command that sends this request again; the key comes from the environment. Undefined where
 * curl cannot (WebSocket).
 */
export function formatCurlCommand(
  target: Pick<TargetRecord, 'endpoint' | 'query' | 'credential' | 'headers'>,
  request: WireRequest,
): string | undefined {
  if (request.transport === 'websocket') return undefined
  const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
  const query = [...Object.entries(target.query ?? {}), ...(request.query ?? [])]
    .map(([name, value]) => `${encodeQuery(name)}=${encodeQuery(value)}`)
    .join('&')
  const url = `${target.endpoint.replace(/\/$/, '')}${request.path}${query === '' ? '' : `?${query}`}`
  const lines = [`curl -sS -N -X ${request.method} ${quote(url)}`]
  const { credential, headers = {} } = target
  // What stands for a variable is the shell's to fill in, everything else is as it is.
  const filled = (text: string): string =>
    `"${text.replaceAll(/[\\"`]|\$(?!\{[A-Za-z_][A-Za-z0-9_]*\})/g, '\\$&')}"`
  const own = new Set(Object.keys(request.headers ?? {}).map((name) => name.toLowerCase()))
  for (const [name, value] of Object.entries(headers)) {
    if (own.has(name.toLowerCase())) continue
    const line = `${name}: ${value}`
    lines.push(`-H ${line.includes('${') ? filled(line) : quote(line)}`)
  }
  if (credential !== undefined && request.credential !== 'none') {
    // A name that is none would be a command of whoever wrote it.
    const variable = /^[A-Za-z_]\w*$/.test(credential.keyEnv) ? credential.keyEnv : 'API_KEY'
    const key = request.credential === 'wrong' ? 'a-wrong-key' : `$${variable}`
    const header = inert(credential.header)
    if (credential.form === 'basic') lines.push(`-u "${key}"`)
    else if (credential.form === 'query') lines.push(`--url-query "${header}=${key}"`)
    else lines.push(`-H "${header}: ${inert(credential.prefix)}${key}"`)
  }
  for (const [name, value] of Object.entries(request.headers ?? {}))
    lines.push(`-H ${quote(`${name}: ${value}`)}`)
  // One argument may hold 128 KiB at most: what is larger comes as a document after the command.
  const data = (text: string): string =>
    text.length < 30_000
      ? `--data-binary ${quote(text)}`
      : `--data-binary @- <<'${endOf(text)}'\n${text}\n${endOf(text)}`
  const { body } = request
  if (body !== undefined && 'json' in body)
    lines.push(`-H 'Content-Type: application/json'`, data(JSON.stringify(body.json)))
  if (body !== undefined && 'raw' in body)
    lines.push(`-H ${quote(`Content-Type: ${body.contentType}`)}`, data(body.raw))
  if (body !== undefined && 'multipart' in body) {
    for (const field of body.multipart)
      lines.push(
        field.filename === undefined
          ? `--form-string ${quote(`${field.name}=${field.value}`)}`
          : `-F ${quote(`${field.name}=@${field.filename}`)}`,
      )
  }
  return lines.join(' \\\n  ')
}

/** Between double quotes of a shell. */
function inert(text: string): string {
  return text.replaceAll(/[\\"`$]/g, '\\$&')
}

/** A line that ends a document in a shell, and does not stand in it. */
function endOf(text: string): string {
  const lines = new Set(text.split('\n'))
  let end = 'END_OF_BODY'
  while (lines.has(end)) end += '_'
  return end
}

function encodeQuery(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '\ufffd'))
}
