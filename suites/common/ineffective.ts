import { ignored } from '../../src/define.ts'
import { field, response, sent } from '../../src/read.ts'
import type { Exchange, Finding, Judgement } from '../../src/types.ts'
import { lacks } from './same.ts'

/** A parameter that was taken and changed nothing: said differently where the answer echoes it. */
export function ineffective(exchange: Exchange, parameter: string, finding: Finding): Judgement {
  const asked = field(sent(exchange), parameter)
  const isEchoed = asked !== undefined && !lacks(field(response(exchange), parameter), asked)
  return ignored(finding, isEchoed)
}
