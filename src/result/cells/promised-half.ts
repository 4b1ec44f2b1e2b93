// What documents say of a capability, from the promise rows of a result.

import type { Capability } from '../../plan/requirements/capabilities.ts'
import type { DocumentRow, PromisedHalf, PromisedState } from '../../types/index.ts'

const STATES: Readonly<Record<NonNullable<DocumentRow['status']>, PromisedState>> = {
  documented: 'yes',
  conditional: 'if',
  inherited: 'in general',
  denied: 'no',
  silent: 'silent',
}

/** "Compatible with OpenAI" names nothing that could be broken. */
const WHOLE = /^promise (openai-format|open-responses-format)$/

/** `rows`: those of one provider, of all kinds. Undefined where no path could document it. */
export function decidePromised(
  { id, at: paths }: Pick<Capability, 'id' | 'at'>,
  rows: readonly DocumentRow[],
): PromisedHalf | undefined {
  const row = rows.find(({ kind, capability }) => kind === 'promise' && capability === id)
  if (row === undefined) return undefined
  // Rows are a stranger's: a path that does not belong here decides nothing.
  if (!paths.includes(row.at)) return { state: 'silent' }
  const { status = 'silent', at, says, quote, when, contested, source } = row
  if (status === 'silent') return { state: 'silent' }
  const { title, url, edition, retrieved } = source
  // What takes back the promise of the same thing takes back this one, wherever it stands.
  const against =
    contested ??
    rows.find(
      (other) =>
        other.kind === 'contradiction' &&
        other.weight === 'material' &&
        paths.includes(other.at) &&
        other.at.startsWith('promise ') &&
        !WHOLE.test(other.at),
    )?.says
  return {
    state: stateOf(at, against, STATES[status]),
    at,
    ...(quote === undefined ? { says } : { quote }),
    ...(when === undefined ? {} : { when }),
    ...(against === undefined ? {} : { contested: against }),
    source: {
      title,
      url,
      ...(edition === undefined ? {} : { edition }),
      ...(retrieved === undefined ? {} : { retrieved }),
    },
  }
}

function stateOf(at: string, against: string | undefined, plain: PromisedState): PromisedState {
  if (WHOLE.test(at) && (plain === 'yes' || plain === 'if')) return 'in general'
  return against !== undefined && plain !== 'in general' ? 'yes & no' : plain
}
