// JSON values as they come in a request.

/** What a caller wrote, short enough for a message. */
export function clipText(value: string, limit = 120): string {
  return value.length <= limit ? value : `${value.slice(0, limit)}…`
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
