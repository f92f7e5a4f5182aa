import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { currencyDecimals, formatMoney, parseMoney } from './money.ts'

describe('parseMoney', () => {
  it.each([
    ['0', 0],
    [0, 0],
    [-0, 0],
    ['4900', 490_000],
    ['4900.0', 490_000],
    ['4900.00', 490_000],
    [4900, 490_000],
    [0.1, 10],
    ['0.01', 1],
    [1200.5, 120_050],
    ['10.500', 1050],
    ['01', 100],
    ['000000000000000000', 0],
    ['00000000000000001.00', 100],
    ['9999999999999.99', 999_999_999_999_999],
    [9999999999999.99, 999_999_999_999_999],
  ])('of %j RUB is %s', (value, minor) => {
    expect(parseMoney(value, 'RUB')).toBe(minor)
  })

  it.each(['10000000000000.00', '10000000000000', 10000000000000, '999999999999999'])(
    'of %j RUB has more than 15 digits',
    (value) => {
      expect(parseMoney(value, 'RUB')).toBeUndefined()
    },
  )

  it.each([
    '1e5',
    1e21,
    1e-7,
    '1.',
    '.5',
    '',
    ' ',
    ' 1',
    '1 ',
    '1\n',
    '+1',
    '-1',
    -1,
    '-0',
    '1,5',
    '1_000',
    '0x10',
    '１',
    '٣',
    NaN,
    Infinity,
    -Infinity,
    'NaN',
    '1.001',
    0.1 + 0.2,
    '1.2.3',
    '1'.repeat(40),
    '0.' + '0'.repeat(19),
  ])('of %j is no money', (value) => {
    expect(parseMoney(value, 'RUB')).toBeUndefined()
  })

  it('knows the decimals of a currency', () => {
    expect(['RUB', 'KZT', 'USD', 'JPY', 'KWD'].map(currencyDecimals)).toEqual([2, 2, 2, 0, 3])
    expect(parseMoney('1.5', 'JPY')).toBeUndefined()
    expect(parseMoney('1.0', 'JPY')).toBe(1)
    expect(parseMoney('999999999999999', 'JPY')).toBe(999_999_999_999_999)
    expect(parseMoney('1.234', 'KWD')).toBe(1234)
  })
})

it('a sum is written as it was read', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999_999_999_999_999 }),
      fc.constantFrom('RUB', 'JPY', 'KWD'),
      (minor, currency) => {
        expect(parseMoney(formatMoney(minor, currency), currency)).toBe(minor)
      },
    ),
  )
})

it('a JSON number means what it is written as', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 999_999_999_99 }), (minor) => {
      expect(parseMoney(minor / 100, 'RUB')).toBe(minor)
    }),
  )
})

it.each([
  [0, 'RUB', '0.00'],
  [1, 'RUB', '0.01'],
  [-1, 'RUB', '-0.01'],
  [-4900, 'RUB', '-49.00'],
  [49_000, 'RUB', '490.00'],
  [5, 'JPY', '5'],
  [-0, 'RUB', '0.00'],
  [7, 'KWD', '0.007'],
])('%j minor units of %s are %s', (minor, currency, shown) => {
  expect(formatMoney(minor, currency)).toBe(shown)
})
