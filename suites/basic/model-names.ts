// Compares the names of models: a name, and a dated or tagged version of it, are one model.

/** What may follow the name of a model: `-2024-08-06`, `-0613`, `-latest`, `:8b`, `@eu`. */
const VERSION = /^(?:-latest|-preview|-v?\d[\d.-]*|[:@].+)$/

/** Whether one of the names is the other, or a version of it; who hosts it (`vendor/`) tells nothing. */
export function isSameModel(one: string, other: string): boolean {
  const [short, long] = [bareNameOf(one), bareNameOf(other)].toSorted((a, b) => a.length - b.length)
  return long === short || (long!.startsWith(short!) && VERSION.test(long!.slice(short!.length)))
}

function bareNameOf(name: string): string {
  return name.toLowerCase().replace(/^.*\//, '')
}
