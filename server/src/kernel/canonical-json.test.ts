import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

const json = fc.jsonValue({ maxDepth: 4 })

it('reads back as the same value', () => {
  fc.assert(
    fc.property(
      json,
      (value) => void expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value))),
    ),
  )
})

it('does not depend on the order of keys', () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).reverse().map(([key, member]) => [key, shuffled(member)])) // prettier-ignore
  }
  fc.assert(
    fc.property(json, (value) => void expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value))),
  )
})

it('writes different values differently', () => {
  fc.assert(
    fc.property(json, json, (left, right) => {
      fc.pre(JSON.stringify(left) !== JSON.stringify(right))
      if (canonicalJson(left) === canonicalJson(right)) expect(left).toEqual(right)
    }),
  )
})

it('has one text per value', () => {
  expect(canonicalJson({ b: [1, undefined, 'я'], a: { d: null, c: undefined } })).toBe(
    '{"a":{"d":null},"b":[1,null,"я"]}',
  )
  expect(canonicalJson({ 10: 1, 9: 2, Z: 3, a: 4 })).toBe('{"10":1,"9":2,"Z":3,"a":4}')
  expect([undefined, null, -0, 'a"\n'].map(canonicalJson)).toEqual(['null', 'null', '0', '"a\\"\\n"'])
})
