// The vocabulary of the project: types only, no code. Everybody imports them from here.
//
// A contract promises, a scenario asks, an exchange answers, a check judges,
// a requirement weighs, a reporter tells.

export type * from './types/json.ts'

// what is promised
export type * from './types/claim.ts'
export type * from './types/provider.ts'
export type * from './types/contract.ts'

// what is asked
export type * from './types/request.ts'
export type * from './types/scenario.ts'

// what comes back
export type * from './types/stream.ts'
export type * from './types/exchange.ts'
export type * from './types/evidence.ts'

// what must hold
export type * from './types/requirement.ts'
export type * from './types/judgement.ts'
export type * from './types/check.ts'

// what wrong looks like
export type * from './types/mutant.ts'

// what is concluded
export type * from './types/outcome.ts'
export type * from './types/verdict.ts'
export type * from './types/document-row.ts'
export type * from './types/result.ts'

// what is told
export type * from './types/reporter.ts'
