// All data shapes of the project: types only, no code. Everybody imports them from here; the words are
// defined in docs/glossary.md.

export type * from './json.ts'
export type * from './check-id.ts'

// contracts
export type * from './documented-claim.ts'
export type * from './provider.ts'
export type * from './contract.ts'

// requests
export type * from './request.ts'
export type * from './scenario.ts'
export type * from './bitmap-font.ts'

// exchanges
export type * from './stream-event-and-anomaly.ts'
export type * from './exchange.ts'
export type * from './recorded-message.ts'
export type * from './evidence.ts'

// checks
export type * from './requirement.ts'
export type * from './judgement.ts'
export type * from './check.ts'

// mutants
export type * from './mutant.ts'

// verdicts and results
export type * from './outcome-and-reason.ts'
export type * from './verdict.ts'
export type * from './document-row.ts'
export type * from './client-answer.ts'
export type * from './capability.ts'
export type * from './result.ts'

// what is reported
export type * from './reporter.ts'
