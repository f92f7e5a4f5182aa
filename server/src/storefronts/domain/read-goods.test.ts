import { expect, it } from 'vitest'
import { readGoods } from './read-goods.ts'
import { errorsOf, rules } from './rules.fixture.ts'

it('reads an amount, a currency and lines', () => {
  expect(readGoods({ amount: 5 }, rules)).toStrictEqual({ amountMinor: 500, currency: 'RUB', lines: [] })
  expect(
    readGoods({ amount: '12.50', currency: 'rub', items: [{ sku: 'K', quantity: 3, price: '2.5' }] }, rules),
  ).toStrictEqual({
    amountMinor: 1250,
    currency: 'RUB',
    lines: [{ sku: 'K', quantity: 3, totalMinor: 750 }],
  })
})

it('says where every error is, seen from the body', () => {
  const reading = readGoods(
    { amount: 'x', currency: 'USD', items: [{}, { price: '1,5', quantity: 0 }] },
    rules,
  )
  expect(reading).toMatchObject({ refused: 'invalid-request' })
  expect(errorsOf(reading)).toEqual([
    '/amount invalid-money',
    '/items/1/quantity invalid-quantity',
    '/items/1/price invalid-money',
  ])
})

it('refuses another currency', () => {
  expect(readGoods({ amount: 5, currency: 'usd' }, rules)).toEqual({
    refused: 'currency-mismatch',
    details: { currency: 'USD', expected: 'RUB' },
  })
})
