import { ignored } from '../../src/authoring/define.ts'
import { field, response, sent } from '../../src/authoring/read.ts'
import type { Exchange, Finding, Judgement } from '../../src/types/index.ts'
import { isPartMissing } from './json-contains.ts'

/** A parameter that was taken and changed nothing: said differently where the answer echoes it. */
export function reportIneffective(
  exchange: Exchange,
  parameter: string,
  finding: Finding,
): Judgement {
  const asked = field(sent(exchange), parameter)
  const isEchoed =
    asked !== undefined && !isPartMissing(field(response(exchange), parameter), asked)
  return ignored({ about: [parameter], ...finding }, isEchoed)
}
