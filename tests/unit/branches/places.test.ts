import { expect, test } from 'vitest'
import { findPlaces } from '../../checks/branches/places.ts'

const CHECK = `
import { allOf, unsure, verdictOf, violated } from '../../../src/authoring/define.ts'
import { judgeRefusal } from '../../../src/authoring/judge-refusal.ts'
export default {
  judge({ ask, next }) {
    if (ask === undefined) return unsure('prerequisite', 'nothing came')
    const findings = (at: string): readonly Finding[] => [{ at, expected: '1', actual: '2' }]
    if (ask.status === 500) return violated({ step, at, expected: 'a status', actual: '500' })
    return allOf(judgeRefusal('next', next, 'it is wrong'), verdictOf(findings('/id')), verdictOf(told))
  },
}`

test('the places of a check are its findings and what is called for them, the innermost of each', () => {
  const places = findPlaces('suites/x/checks/y.ts', CHECK)
  expect(places.map(({ line, source }) => [line, source])).toEqual([
    [7, "expected: '1'"],
    [8, "expected: 'a status'"],
    [9, "judgeRefusal('next', next, 'it is wrong')"],
    [9, "findings('/id')"],
    [9, 'verdictOf(told)'],
  ])
})
