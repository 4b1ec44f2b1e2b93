import {
  defineCheck,
  defineFamily,
  defineScenario,
  without,
} from '../../../src/authoring/define.ts'
import { isObject, show } from '../../../src/authoring/read.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
import type { Check, Contract, Json, JsonObject, Parameter } from '../../../src/types/index.ts'
import { answerAnyway } from '../../common/refusals.ts'
import { setParameter, READY } from '../parameter-values.ts'

export default defineFamily({
  id: 'parameters/refused',
  title: 'A value outside the range that a page documents is refused',
  covers: ['own-parameter-refused-outside', 'own-parameter-required'],
  // The published yardsticks are asked by the grid of errors.
  cases: (contract) =>
    contract.kind === 'yardstick'
      ? []
      : contract.parameters
          .filter(({ at }) =>
            (contract.kind === 'reference' ? /^\/[a-z_]+$/ : /^(\/[a-z_]+){1,2}$/).test(at),
          )
          .flatMap((parameter) => [
            ...outside(contract, parameter),
            ...(parameter.required && /^\/[a-z_]+$/.test(parameter.at)
              ? [missing(contract, parameter)]
              : []),
          ]),
})

/** Whether it is the documents' own schema that refuses the value, and at this place alone. */
function isRuledOut(contract: Contract, at: string, value: Json): boolean {
  const body = { json: setParameter({}, at, value) }
  const request = { operation: 'create', method: 'POST', path: '/responses', body } as const
  const top = `/${at.split('/')[1]}`
  const flaws = contract.requestFlaws(request).filter((flaw) => `${flaw.at}/`.startsWith(`${top}/`))
  return flaws.length > 0 && flaws.every((flaw) => flaw.at.startsWith(at))
}

interface Outside {
  readonly name: string
  readonly value: Json
  readonly because: string
}

function outside(contract: Contract, parameter: Parameter): readonly Check[] {
  // Formats are tried in every form where structured output is.
  if (parameter.at.startsWith('/text/format')) return []
  return beyond(parameter)
    .filter(({ value }) => isRuledOut(contract, parameter.at, value))
    .map((value) => refused(contract, parameter, value))
}

function beyond({
  types,
  enum: values,
  words = values,
  minimum,
  maximum,
  minLength,
  maxLength,
  schema,
}: Parameter): Outside[] {
  const step = types.includes('integer') ? 1 : 0.1
  const found: Outside[] = []
  const add = (name: string, value: Json, because: string): void => {
    found.push({ name, value, because })
  }
  if (maximum !== undefined) add('above', maximum + step, `${maximum} is the documented maximum`)
  if (minimum !== undefined) add('below', minimum - step, `${minimum} is the documented minimum`)
  if (words !== undefined) add('unlisted', 'bogus', 'it is none of the documented values')
  if (maxLength !== undefined) {
    add('long', 'x'.repeat(maxLength + 1), `${maxLength} characters are the documented maximum`)
  }
  if (minLength !== undefined && minLength > 0) {
    add('short', 'x'.repeat(minLength - 1), `${minLength} characters are the documented minimum`)
  }
  const { minItems, maxProperties, propertyNames, additionalProperties } = schema
  if (typeof minItems === 'number' && minItems > 0) {
    add('empty', [], `${minItems} is the documented least number of entries`)
  }
  if (typeof maxProperties === 'number') {
    const pairs = Array.from({ length: maxProperties + 1 }, (_, index) => [`key_${index}`, 'x'])
    add('crowded', Object.fromEntries(pairs) as JsonObject, `${maxProperties} pairs are the most`)
  }
  const longest = (of: Json | undefined): number | undefined =>
    isObject(of) && typeof of['maxLength'] === 'number' ? of['maxLength'] : undefined
  const [key, text] = [longest(propertyNames), longest(additionalProperties)]
  if (key !== undefined) {
    add('long-key', { ['k'.repeat(key + 1)]: 'x' }, `a key has ${key} characters at most`)
  }
  if (text !== undefined) {
    add('long-value', { key: 'x'.repeat(text + 1) }, `a value has ${text} characters at most`)
  }
  return found
}

function refused(contract: Contract, { at }: Parameter, value: Outside): Check {
  const name = at.slice(1).replaceAll('/', '.')
  const title = `${name} ${show(value.value, 40)} is refused`
  const scenario = defineScenario<'ask'>({
    id: `parameters/${name}-${value.name}-${contract.id}`,
    title,
    apiPaths: [`request ${at}`],
    tier: 'core',
    steps: {
      ask: {
        request: (builder) => builder.createRequest(READY, setParameter({}, at, value.value)),
        expect: 'refusal',
        invalidAt: at,
      },
    },
  })
  return defineCheck({
    id: `parameters/refused/${name}-${value.name}`,
    title,
    kind: 'wire',
    scenario,
    covers: ['own-parameter-refused-outside'],
    only: ['own'],

    judge({ ask }) {
      return judgeRefusal('ask', ask, value.because)
    },

    mutants: [
      {
        story: 'a gateway passes any value on, and its upstream clamps it',
        reply: answerAnyway,
      },
    ],
  })
}

function missing(contract: Contract, { at }: Parameter): Check {
  const name = at.slice(1)
  const title = `A request without ${name} is refused`
  const scenario = defineScenario<'ask'>({
    id: `parameters/no-${name}-${contract.id}`,
    title,
    apiPaths: [`request ${at}`],
    tier: 'core',
    steps: {
      ask: {
        request: (builder) => {
          const request = builder.createRequest(READY)
          const body = request.body !== undefined && 'json' in request.body ? request.body.json : {}
          return { ...request, body: { json: without(body, name) } }
        },
        expect: 'refusal',
        invalidAt: at,
      },
    },
  })
  return defineCheck({
    id: `parameters/refused/${name}-missing`,
    title,
    kind: 'wire',
    scenario,
    covers: ['own-parameter-required'],
    only: ['own'],

    judge({ ask }) {
      return judgeRefusal('ask', ask, `${name} is documented as required`)
    },

    mutants: [
      {
        story: 'a gateway fills in a default of its own',
        reply: answerAnyway,
      },
    ],
  })
}
