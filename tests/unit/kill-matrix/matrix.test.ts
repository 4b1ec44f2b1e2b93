import { expect, test } from 'vitest'
import { compareRow, noticesAll } from '../../kill-matrix/matrix.ts'

const ROW = { fail: ['a/one', 'a/two', 'c/three'], warn: ['b/four'] }

test('a row is compared with its snapshot by what came and what went', () => {
  expect(compareRow(['a/one, a/two, c/three', 'b/four'], ROW)).toEqual([])
  expect(compareRow(['a/one, c/five', ''], ROW)).toEqual([
    '- fail c/five',
    '+ fail a/two',
    '+ fail c/three',
    '+ warn b/four',
  ])
  expect(compareRow(undefined, ROW)).toHaveLength(4)
  expect(compareRow(undefined, { fail: [], warn: [] })).toEqual(['no check notices it'])
})

test('whoever notices each mutant of a check may be repeated by it', () => {
  expect(noticesAll([ROW], 'a/one')).toEqual(['a/two', 'c/three', 'b/four'])
  expect(noticesAll([ROW, { fail: ['a/one'], warn: ['c/three'] }], 'a/one')).toEqual(['c/three'])
  const cases = { fail: ['a/family/x', 'a/family/y', 'a/two'], warn: [] }
  expect(noticesAll([cases], 'a/family/x')).toEqual(['a/two'])
  expect(noticesAll([], 'a/one')).toEqual([])
})
