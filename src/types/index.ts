// All data shapes of the project: types only, no code. Everybody imports them from here; the words are
// defined in docs/glossary.md.

export type * from './json.ts'
export type * from './ids.ts'

// what is promised
export type * from './claim.ts'
export type * from './provider.ts'
export type * from './contract.ts'

// what is asked
export type * from './request.ts'
export type * from './scenario.ts'

// what comes back
export type * from './stream.ts'
export type * from './exchange.ts'
export type * from './evidence.ts'

// what must hold
export type * from './requirement.ts'
export type * from './judgement.ts'
export type * from './check.ts'

// what wrong looks like
export type * from './mutant.ts'

// what is concluded
export type * from './outcome.ts'
export type * from './verdict.ts'
export type * from './document-row.ts'
export type * from './result.ts'

// what is told
export type * from './reporter.ts'
