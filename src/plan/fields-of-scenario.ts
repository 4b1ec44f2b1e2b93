// Which fields of the request a scenario puts to the test.

import type { ApiPath, Scenario } from '../types/index.ts'

/** What nearly every scenario turns on tells nothing apart. */
const COMMON: readonly string[] = ['/stream', '/input']

/** The request fields that a scenario puts to the test. */
export function fieldsOf({ apiPaths }: Pick<Scenario, 'apiPaths'>): readonly string[] {
  return [...new Set(apiPaths.flatMap((apiPath) => fieldOf(apiPath) ?? []))]
}

/** `request /text/format/type = json_schema` → `/text`. */
function fieldOf(apiPath: ApiPath): string | undefined {
  const [, pointer, value] = /^request (\/[^ ]*)(?: = (.*))?$/.exec(apiPath) ?? []
  if (pointer === undefined || COMMON.includes(pointer) || pointer.endsWith('/role')) return
  if (pointer === '/tools/*/type' && value === 'function') return
  if (pointer.startsWith('/include')) return value ?? pointer
  return wholeFieldOf(pointer)
}

/** Fields that are one thing to a provider, whatever is in them. */
const WHOLE: readonly string[] = ['/text', '/tool_choice', '/reasoning']

/** The field of the request that a pointer stands in, where the field is one thing to a provider. */
export function wholeFieldOf(pointer: string): string {
  const top = `/${pointer.split('/')[1] ?? ''}`
  return WHOLE.includes(top) ? top : pointer
}
