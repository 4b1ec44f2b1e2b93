// Finds the field of one document that is probably meant by a field of another.

/** Words that two traditions use for one thing: left Chat Completions, right Responses. */
const SAME: Readonly<Record<string, string>> = {
  prompt: 'input',
  messages: 'input',
  completion: 'output',
  choices: 'output',
  created: 'created at',
  finish: 'status',
}

/** Fields that carry a part of what another object carries. */
const NESTED: Readonly<Record<string, string>> = {
  response_format: 'text',
  reasoning_effort: 'reasoning',
  truncation_strategy: 'truncation',
  max_tokens: 'max_output_tokens',
  max_completion_tokens: 'max_output_tokens',
}

/** The likely counterpart of a name among others: `created` for `created_at`, `prompt_tokens` for `input_tokens`. */
export function findSimilarName(name: string, others: Iterable<string>): string | undefined {
  const all = [...others]
  const plain = normal(name)
  return (
    all.find((other) => normal(other) === plain) ??
    all.find((other) => NESTED[other] === name || NESTED[name] === other)
  )
}

function normal(name: string): string {
  return name
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[_-]/)
    .flatMap((word, index, words) =>
      // `created_at` already says so.
      (word === 'created' && words[index + 1] === 'at'
        ? word
        : Object.hasOwn(SAME, word)
          ? (SAME[word] ?? word)
          : word
      ).split(' '),
    )
    .join(' ')
}

/** Is it what a generator of documentation puts where it has no value? */
export function isPlaceholder(value: unknown): boolean {
  return typeof value === 'string' && /^(<[\w ]+>|string|\.\.\.|…)$/.test(value)
}
