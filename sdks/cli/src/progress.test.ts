import { expect, it } from 'vitest'
import { createProgress } from './progress.ts'

it('goes on behind the last page before which everything is done', () => {
  const progress = createProgress(10)
  const first = progress.begin(20, 2)
  const second = progress.begin(30, 1)
  expect(progress.position()).toBe(10)
  second()
  first()
  expect(progress.position()).toBe(10)
  first()
  expect(progress.position()).toBe(30)
})

it('passes pages of which nothing was wanted, but not those before them', () => {
  const progress = createProgress(0)
  progress.begin(5, 0)
  expect(progress.position()).toBe(5)
  const done = progress.begin(6, 1)
  progress.begin(9, 0)
  expect(progress.position()).toBe(5)
  done()
  expect(progress.position()).toBe(9)
})
