// Eyes for images and files.

import { Problem } from './problem.ts'
import type { Senses } from './model/context.ts'
import type { Account } from './store.ts'

export function sensesOf(_account: Account): Senses {
  return () => Promise.reject(new Problem(400, 'Images and files are not supported yet.'))
}
