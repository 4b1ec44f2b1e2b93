// The pointer of a finding, with what is chance taken out.

/** A finding's pointer as one place of the response object: without indexes and without the event that carried it. */
export function generalizePlace(at: string): string {
  return at
    .replace(/^\/events\/\d+\/response(?=\/|$)/, '')
    .replace(/^\/events\/\d+/, '/events')
    .replaceAll(/\/\d+(?=\/|$)/g, '/*')
}
