import { expect, it } from 'vitest'
import { exactSteps } from './exact-steps.ts'

it('takes every multiple of a decimal step, and nothing between them', () => {
  const contract = { a: [{ multipleOf: 0.01 }], b: { multipleOf: 0.0001, minimum: 1 }, c: { multipleOf: 5 } }
  const formats = exactSteps(contract)
  const isCents = formats['multiple-of-0.01']!.validate
  const isFine = formats['multiple-of-0.0001']!.validate
  expect(contract).toEqual({
    a: [{ format: 'multiple-of-0.01' }],
    b: { format: 'multiple-of-0.0001', minimum: 1 },
    c: { multipleOf: 5 },
  })
  const hundredths = Array.from({ length: 10_001 }, (_, count) => count / 100)
  expect(hundredths.filter((value) => !isCents(value))).toEqual([])
  expect(hundredths.filter((value) => isCents(value + 0.005))).toEqual([])
  const fine = Array.from({ length: 100_000 }, (_, count) => count / 10_000)
  expect(fine.filter((value) => !isFine(value))).toEqual([])
  expect(isFine(1.00005)).toBe(false)
})
