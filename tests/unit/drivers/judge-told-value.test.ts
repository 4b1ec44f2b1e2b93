// What a client tells of a flow is read beside what it tells of the right server.

import { expect, test } from 'vitest'
import { judgeToldValue } from '../../../src/drivers/judge-told-value.ts'

const right = {
  calls: [{ city: 'Paris' }, { city: 'Oslo' }],
  text: '21 degrees\n19 degrees',
  usage: true,
}

test('the same works, in any order, and so does a model that says more', () => {
  expect(judgeToldValue({ value: right }, right)).toEqual({ effect: 'works' })
  const chatty = {
    ...right,
    calls: right.calls.toReversed(),
    text: 'Well: 21 degrees, 19 degrees.',
  }
  expect(judgeToldValue({ value: chatty }, right)).toEqual({ effect: 'works' })
})

test('lost numbers of tokens are no break', () => {
  expect(judgeToldValue({ value: { ...right, usage: false } }, right)).toEqual({
    effect: 'degraded',
    reason: 'it lost usage',
  })
})

test('a lost call, another text and another object are wrong, and say what came', () => {
  expect(judgeToldValue({ value: { ...right, calls: [] } }, right)).toEqual({
    effect: 'wrong',
    reason: 'its calls came to []',
  })
  expect(judgeToldValue({ value: { ...right, text: '' } }, right).effect).toBe('wrong')
  expect(judgeToldValue({ value: { object: null } }, { object: { word: 'a' } }).effect).toBe(
    'wrong',
  )
  expect(judgeToldValue({ value: 'nothing' }, right).effect).toBe('wrong')
})

test('what was thrown, what hung and what looped break', () => {
  const thrown = judgeToldValue({ error: { name: 'TypeError', message: 'no id' } }, right)
  expect(thrown).toEqual({ effect: 'throws', reason: 'it threw TypeError: no id' })
  expect(judgeToldValue({ hung: true }, right).effect).toBe('hangs')
  expect(judgeToldValue('loops', right).effect).toBe('loops')
})
