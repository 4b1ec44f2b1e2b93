// Collects the examples of a contract's operations: documented requests and answers, as published.

import { createParser } from 'eventsource-parser'
import { isObject, parse, spell } from '../base/json.ts'
import type { Exchange, Json, JsonObject, Sample, StreamEvent } from '../types/index.ts'
import {
  followReference,
  mediaOf,
  requestBodyOf,
  type OperationEntry,
} from './find-operation-nodes.ts'
import type { SchemaNode, SchemaResolver } from '../schema/resolved-schema.ts'

interface Example {
  readonly value: Json
  readonly node: SchemaNode
}

/** The samples of all operations. A request and an answer belong together when they have the same name. */
export function samplesOf(
  resolver: SchemaResolver,
  operations: readonly OperationEntry[],
): readonly Sample[] {
  return operations.flatMap((entry) => {
    const requests = examplesOf(resolver, mediaOf(resolver, requestBodyOf(resolver, entry), 'json'))
    const answers = answersOf(resolver, entry)
    const names = new Set([...requests.keys(), ...answers.keys()])
    return [...names].map((name): Sample => {
      const request = requests.get(name)
      const answer = answers.get(name)
      const node = (request ?? answer)!.node
      return {
        name,
        operation: entry.operation,
        ...(request === undefined ? {} : { request: request.value }),
        ...(answer === undefined
          ? {}
          : { response: answer.value, status: answer.status, streamed: answer.streamed }),
        source: spell(node.schema['x-source'] ?? entry.node.schema['x-source'] ?? ''),
        placeholders: strings(node.schema['x-placeholders']),
        replace: replacements(node.schema['x-replace']),
      }
    })
  })
}

function answersOf(resolver: SchemaResolver, entry: OperationEntry) {
  const answers = new Map<string, Example & { status: number; streamed: boolean }>()
  const responses = resolver.child(entry.node, 'responses')
  for (const name of Object.keys(responses?.schema ?? {})) {
    const response = followReference(resolver, responses && resolver.child(responses, name))
    // A class such as 4XX is shown as its first status.
    const status = Number.parseInt(name.replaceAll(/x/gi, '0'), 10) || 400
    for (const media of ['json', 'events'] as const) {
      for (const [key, example] of examplesOf(resolver, mediaOf(resolver, response, media))) {
        answers.set(key, { ...example, status, streamed: media === 'events' })
      }
    }
  }
  return answers
}

function examplesOf(
  resolver: SchemaResolver,
  media: SchemaNode | undefined,
): ReadonlyMap<string, Example> {
  const found = new Map<string, Example>()
  const examples = media && resolver.child(media, 'examples')
  for (const name of Object.keys(examples?.schema ?? {})) {
    const node = followReference(resolver, examples && resolver.child(examples, name))
    const value = node?.schema['value']
    if (node !== undefined && value !== undefined) found.set(name, { node, value })
  }
  return found
}

/** A sample as an exchange without timing, so that checks can be asked of documents; undefined when no answer is shown. */
export function exchangeOf(sample: Sample): Exchange | undefined {
  if (sample.response === undefined) return undefined
  const json = isObject(sample.request) ? sample.request : undefined
  const { response, streamed = false } = sample
  const mediaType = streamed ? 'text/event-stream' : 'application/json'
  return {
    request: {
      operation: sample.operation,
      method: /^(retrieve|list|input-items)/.test(sample.operation) ? 'GET' : 'POST',
      path: sample.operation === 'list-models' ? '/models' : '/responses',
      ...(json === undefined ? {} : { body: { json } }),
    },
    status: sample.status ?? 200,
    headers: [['content-type', mediaType]],
    body: streamed
      ? { kind: 'events', events: eventsIn(response), anomalies: [] }
      : { kind: 'json', value: response, text: JSON.stringify(response) },
    ending: 'complete',
  }
}

function eventsIn(published: Json): readonly StreamEvent[] {
  if (Array.isArray(published)) {
    return published.map((data: Json, index) => ({
      index,
      ...(isObject(data) && typeof data['type'] === 'string' ? { name: data['type'] } : {}),
      data,
      offset: 0,
      ms: 0,
      raw: JSON.stringify(data),
    }))
  }
  const found: StreamEvent[] = []
  const parser = createParser({
    onEvent({ event, data }) {
      const value = parse(data)
      found.push({
        index: found.length,
        ...(event === undefined ? {} : { name: event }),
        ...(value === undefined ? {} : { data: value }),
        raw: data,
        offset: 0,
        ms: 0,
      })
    },
  })
  parser.feed(`${typeof published === 'string' ? published : ''}\n\n`)
  return found
}

function strings(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

function replacements(value: Json | undefined): Sample['replace'] {
  const list: readonly JsonObject[] = Array.isArray(value) ? value.filter(isObject) : []
  return list.map(({ at, because }) => ({ at: spell(at), because: spell(because) }))
}
