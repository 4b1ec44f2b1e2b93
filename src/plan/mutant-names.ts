// What a mutant is called on the command line, in the kill matrix and in tests.

import type { Check, Mutant } from '../types/index.ts'

/** The first mutant has the name of its check, the others `<check>#2`, `<check>#3` and so on. */
export function nameMutants({
  id,
  mutants,
}: Pick<Check, 'id' | 'mutants'>): readonly (readonly [name: string, mutant: Mutant])[] {
  return mutants.map((mutant, index) => [index === 0 ? id : `${id}#${index + 1}`, mutant])
}
