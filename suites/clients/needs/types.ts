import { validateValue } from '../../../src/schema/validate-model-output.ts'
import {
  events,
  eventType,
  field,
  isObject,
  response,
  show,
  token,
} from '../../../src/authoring/read.ts'
import { mapEvents, mapJson } from '../../../src/authoring/define.ts'
import type { ClientMode, FieldTypes } from '../../../src/clients/profile.ts'
import type { Exchange, Json, Reply } from '../../../src/types/index.ts'
import { BOTH, createNeedFinding, type NeedFinding, type ClientNeed } from './define-need.ts'

/** Unlike all other needs it differs by client: the schemas are in its profile. */
export const TYPES = 'types'

/** The need for the types of fields that a client reads in a mode, if its profile tells them. */
export function typeNeedsOf({ types }: ClientMode): readonly ClientNeed[] {
  if (types === undefined) return []
  const { event, at, value } = types.example
  return [
    {
      id: TYPES,
      title: 'Fields that it reads have the types that it can read',
      in: BOTH,
      judge: (exchange) => flaw(exchange, types),
      mutants: [
        {
          story: `a server writes ${show(value)} at ${at}${event === undefined ? '' : ` of ${event}`}`,
          reply: (reply) => misread(reply, types.example),
        },
      ],
    },
  ]
}

function flaw(
  exchange: Exchange,
  { events: schemas = {}, response: whole }: FieldTypes,
): NeedFinding | undefined {
  if (exchange.body.kind === 'json') {
    return whole === undefined ? undefined : misfit(response(exchange), whole, '')
  }
  for (const event of events(exchange)) {
    const schema = schemas[eventType(event) ?? '']
    if (schema === undefined) continue
    const one = misfit(event.data, schema, `/events/${event.index}`)
    if (one !== undefined) return one
  }
  return undefined
}

function misfit(value: Json | undefined, schema: Json, at: string): NeedFinding | undefined {
  const [first] = validateValue(value, schema)
  return first && createNeedFinding(at + first.at, first.expected, field(value, first.at))
}

function misread(reply: Reply, { event, at, value }: FieldTypes['example']): Reply {
  const change = (whole: Json): Json => replaced(whole, at.split('/').slice(1), value)
  return event === undefined
    ? mapJson(reply, change)
    : mapEvents(reply, (one) => {
        const changed = one['type'] === event ? change(one) : one
        return isObject(changed) ? changed : one
      })
}

/** Where there is something at this place, it becomes another value. */
function replaced(whole: Json, [first, ...rest]: readonly string[], value: Json): Json {
  if (first === undefined) return value
  if (Array.isArray(whole)) {
    return (whole as readonly Json[]).map((inner, index) =>
      String(index) === first ? replaced(inner, rest, value) : inner,
    )
  }
  if (!isObject(whole)) return whole
  return Object.fromEntries(
    Object.entries(whole).map(([key, inner]) => [
      key,
      token(key) === first ? replaced(inner, rest, value) : inner,
    ]),
  )
}
