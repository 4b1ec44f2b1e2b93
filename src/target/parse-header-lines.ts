// Reads the headers that a user adds to every request: `Name: value`.

import { findSecret } from '../base/find-pasted-key.ts'
import { UsageError } from '../base/errors.ts'
import { isSecretHeader } from './redact.ts'

/** Values by name in lower case. Throws a `UsageError` for what is a secret, or cannot be sent. */
export function parseHeaderLines(lines: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':')
      if (at < 1) throw new UsageError(`--header "${line}" is not of the form "Name: value"`)
      const name = line.slice(0, at).trim().toLowerCase()
      const value = line.slice(at + 1).trim()
      const mistake = findHeaderMistake(name, value)
      if (mistake !== undefined) throw new UsageError(`--header "${name}: …": ${mistake}`)
      if ((isSecretHeader(name) && !value.includes('${')) || findSecret(value) !== undefined) {
        throw new UsageError(
          `--header "${name}: …" would be a secret on the command line; use --api-key-env, or name a variable: '${name}: \${NAME}'`,
        )
      }
      return [name, value]
    }),
  )
}

/** What no client could send would look like an endpoint that is not there. */
function findHeaderMistake(name: string, value: string): string | undefined {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return 'this is no name of a header'
  if (FRAMING.includes(name)) return 'the client itself says how a request is framed'
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
    ? undefined
    : 'its value has characters that no header can carry'
}

const FRAMING = [
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]
