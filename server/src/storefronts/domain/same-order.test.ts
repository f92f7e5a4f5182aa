import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OrderLine, Purchase, Refund, Spend } from './command.ts'
import { eraseCommand } from './erase-command.ts'
import { differences } from './same-order.ts'

const tea: OrderLine = { sku: 'T-1', name: 'Чай', quantity: 2, totalMinor: 1000 }
const honey: OrderLine = { name: 'Мёд', quantity: 1.5, totalMinor: 750 }
const first: Purchase = {
  kind: 'purchase',
  storefront: 'tilda',
  orderId: '1',
  contact: { email: 'a@b.ru', phone: '+79001234567' },
  amountMinor: 1750,
  currency: 'RUB',
  paid: false,
  lines: [tea, honey],
}

describe('a repeat of a purchase', () => {
  it.each<[string, Partial<Purchase>, string[]]>([
    ['is the same', {}, []],
    [
      'may be paid by now, and be told differently',
      {
        paid: true,
        name: 'Анна',
        description: 'x',
        utm: { utm_source: 'vk' },
        promoCode: 'P',
        discountMinor: 1,
        referralCode: 'R',
      },
      [],
    ],
    ['may name its lines in another order', { lines: [honey, tea] }, []],
    ['may call a line with a sku otherwise', { lines: [honey, { ...tea, name: 'Tea' }] }, []],
    ['may know fewer contacts', { contact: { phone: '+79001234567' } }, []],
    ['may know more contacts', { contact: { ...first.contact, externalId: '7' } }, []],
    ['differs in one of two contacts', { contact: { email: 'a@b.ru', phone: '+79007654321' } }, ['customer']],
    ['differs when nothing is in common', { contact: { externalId: '7' } }, ['customer']],
    ['differs in amount', { amountMinor: 1751 }, ['amount']],
    ['differs in currency', { currency: 'KZT' }, ['currency']],
    ['differs in quantity', { lines: [honey, { ...tea, quantity: 3 }] }, ['lines']],
    ['differs in the total of a line', { lines: [honey, { ...tea, totalMinor: 1001 }] }, ['lines']],
    ['differs in sku', { lines: [honey, { ...tea, sku: 'T-2' }] }, ['lines']],
    ['differs in external id', { lines: [tea, { ...honey, externalId: '7' }] }, ['lines']],
    ['differs in the name of a line without sku', { lines: [{ ...honey, name: 'Соль' }, tea] }, ['lines']],
    ['differs when a line is there twice', { lines: [honey, tea, tea] }, ['lines']],
    ['differs when it has no lines', { lines: [] }, ['lines']],
    [
      'differs in everything',
      { contact: { email: 'c@d.ru' }, amountMinor: 0, currency: 'USD', lines: [] },
      ['customer', 'amount', 'currency', 'lines'],
    ],
  ])('%s', (_, changed, names) => {
    expect(differences(first, { ...first, ...changed })).toEqual(names)
    expect(differences({ ...first, ...changed }, first)).toEqual(names)
  })

  it('is the same however its lines are shuffled', () => {
    const line = fc.record({
      sku: fc.constantFrom('a', 'b', 'c'),
      quantity: fc.integer({ min: 1, max: 2 }),
      totalMinor: fc.constantFrom(1, 2),
    })
    const shuffled = fc
      .array(line)
      .chain((lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })))
    fc.assert(
      fc.property(shuffled, ([lines, again]) => {
        expect(differences({ ...first, lines }, { ...first, lines: again })).toEqual([])
        const more = [...again, { sku: 'a', quantity: 1, totalMinor: 1 }]
        expect(differences({ ...first, lines }, { ...first, lines: more })).toEqual(['lines'])
      }),
    )
  })
})

describe('a repeat of a spend', () => {
  const spend: Spend = {
    kind: 'spend',
    storefront: 'api',
    orderId: '1',
    contact: { email: 'a@b.ru' },
    amountMinor: 5,
  }
  it.each<[string, Partial<Spend>, string[]]>([
    ['is the same', {}, []],
    ['may learn the amount of its order', { orderAmountMinor: 100 }, []],
    ['differs in amount', { amountMinor: 6 }, ['amount']],
    ['differs in customer', { contact: { email: 'c@d.ru' } }, ['customer']],
  ])('%s', (_, changed, names) => {
    expect(differences(spend, { ...spend, ...changed })).toEqual(names)
  })

  it('differs in the amount of its order when both name one', () => {
    expect(differences({ ...spend, orderAmountMinor: 100 }, { ...spend, orderAmountMinor: 101 })).toEqual([
      'orderAmount',
    ])
  })

  it('is no repeat of a purchase', () => {
    expect(differences(first, spend)).toEqual(['kind'])
  })
})

describe('an order whose customer was erased', () => {
  const erased = eraseCommand({
    ...first,
    name: 'Анна',
    description: 'Позвонить Анне',
    utm: { utm_source: 'vk' },
  })

  it('says what was bought and nothing of who bought it', () => {
    const { contact: _contact, ...goods } = first
    expect(erased).toEqual({ ...goods, contact: {} })
  })

  it('is the same when it comes again, and another with other money', () => {
    expect(differences(erased as Purchase, first)).toEqual([])
    expect(differences(erased as Purchase, { ...first, amountMinor: 1 })).toEqual(['amount'])
  })
})

describe('a repeat of a refund', () => {
  const refund: Refund = {
    kind: 'refund',
    storefront: 'api',
    orderId: '1',
    refundId: 'R',
    lines: [
      { key: 'T-1', quantity: 1 },
      { key: 'Мёд', quantity: 0.5 },
    ],
    contact: { email: 'a@b.ru' },
  }
  it.each<[string, Partial<Refund>, string[]]>([
    ['is the same', {}, []],
    ['may have another reason', { reason: 'Не подошёл' }, []],
    ['may name its lines in another order', { lines: refund.lines!.toReversed() }, []],
    ['may name nobody', { contact: undefined }, []],
    ['may know another contact', { contact: { phone: '+79001234567' } }, []],
    ['differs in customer', { contact: { email: 'c@d.ru' } }, ['customer']],
    ['differs in quantity', { lines: [refund.lines![0]!, { key: 'Мёд', quantity: 1 }] }, ['lines']],
    ['differs when a line is there twice', { lines: [...refund.lines!, refund.lines![0]!] }, ['lines']],
    ['differs when it is of an amount', { lines: undefined, amountMinor: 5 }, ['amount', 'lines']],
    ['differs when it is of all that is left', { lines: undefined }, ['lines']],
  ])('%s', (_, changed, names) => {
    expect(differences(refund, { ...refund, ...changed })).toEqual(names)
    expect(differences({ ...refund, ...changed }, refund)).toEqual(names)
  })
})
