import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { coalesce } from './coalesce.ts'

const calls: string[] = []
let wakes: ReturnType<typeof coalesce>
beforeEach(() => {
  vi.useFakeTimers()
  calls.length = 0
  wakes = coalesce(100, (key) => void calls.push(key))
})
afterEach(() => {
  wakes.stop()
  vi.useRealTimers()
})

test('the first wish is heard at once', () => {
  wakes.wake('a')
  wakes.wake('b')
  expect(calls).toEqual(['a', 'b'])
})

test('what is wished in the pause is heard once, at its end, and begins the next', () => {
  for (let wish = 0; wish < 5; wish++) wakes.wake('a')
  vi.advanceTimersByTime(99)
  expect(calls).toEqual(['a'])
  vi.advanceTimersByTime(1)
  expect(calls).toEqual(['a', 'a'])
  wakes.wake('a')
  expect(calls).toEqual(['a', 'a'])
  vi.advanceTimersByTime(100)
  expect(calls).toEqual(['a', 'a', 'a'])
})

test('after a quiet pause the next wish is heard at once', () => {
  wakes.wake('a')
  vi.advanceTimersByTime(100)
  wakes.wake('a')
  expect(calls).toEqual(['a', 'a'])
})
