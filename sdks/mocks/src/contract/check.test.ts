import { expect, test } from 'vitest'
import { ajvError } from './ajv.fixture.ts'
import { check } from './check.ts'
import { contract, type Schema } from './contract.ts'
import { exampleOf } from './example-of.ts'

// The door's is read action by action.
const bodies = Object.entries(contract.operations).flatMap(([id, { body }]) =>
  body === null || id === 'receiveWebhook' ? [] : [[id, body.schema] as const],
)
const WRONG = [null, -1, 1.5, '', ' ', 'x', true, [], {}, [{}], 'cus_1', 1e21]

/** Every member of an object, at every depth, taken away or made wrong, and one that does not belong there. */
function* spoiled(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) for (const bad of spoiled(item)) yield value.with(index, bad)
    return
  }
  if (typeof value !== 'object' || value === null) return
  yield { ...value, surprise: 1 }
  for (const [name, member] of Object.entries(value)) {
    const { [name]: _gone, ...rest } = value as Record<string, unknown>
    yield rest
    for (const bad of [...WRONG, ...spoiled(member)]) yield { ...value, [name]: bad }
  }
}

test.each(bodies)('%s: what Ajv says of a body, the same first', (_id, schema) => {
  const good = exampleOf(schema)
  expect(check(schema, good)).toEqual([])
  let count = 0
  for (const value of [...WRONG, ...spoiled(good)]) {
    const [first] = check(schema, value)
    const theirs = ajvError(schema, value)
    count++
    expect({ value, path: first?.path, keyword: first?.keyword }).toEqual({
      value,
      path: theirs?.instancePath,
      keyword: theirs?.keyword,
    })
    if (first !== undefined && first.keyword !== 'enum') expect(first.message).toBe(theirs!.message)
  }
  expect(count).toBeGreaterThanOrEqual(WRONG.length)
})

test('everything that is wrong, where all is wanted', () => {
  const misfits = check(contract.schemas.Purchase!, { amount: true, orderId: '' }, true)
  expect(misfits.map(({ path, keyword }) => `${path} ${keyword}`)).toContain(' anyOf')
  expect(misfits.map(({ path }) => path)).toEqual(expect.arrayContaining(['/amount', '/orderId']))
})

test('a decimal step is judged by what was written', () => {
  const percent: Schema = { type: 'number', multipleOf: 0.0001 }
  expect(check(percent, 1.1001)).toEqual([])
  expect(check(percent, 1.00001)[0]?.message).toBe('must match format "multiple-of-0.0001"')
})
