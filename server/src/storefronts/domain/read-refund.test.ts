import { describe, expect, it } from 'vitest'
import { readRefund } from './read-refund.ts'
import { errorsOf, rules } from './rules.fixture.ts'

const order = { orderId: 'A-1' }
const refund = (more: object) => readRefund({ ...order, ...more }, rules)

describe('readRefund', () => {
  it('reads the least: all that is left, of whoever ordered', () => {
    expect(refund({})).toStrictEqual({
      kind: 'refund',
      storefront: 'api',
      orderId: 'A-1',
      refundId: 'whole',
    })
    expect(refund({ refundId: ' R-1 ', reason: null })).toMatchObject({ refundId: 'R-1' })
  })

  it('reads an amount, and whose it is', () => {
    const payload = {
      orderId: 42,
      storefront: 'Tilda',
      refundId: 'R-1',
      amount: 10.5,
      reason: 'Не\nподошёл',
      email: 'Anna@B.ru',
      phone: '8 900 123-45-67',
      externalId: 7,
      currency: 'rub',
    }
    expect(readRefund(payload, rules)).toStrictEqual({
      kind: 'refund',
      storefront: 'tilda',
      orderId: '42',
      refundId: 'R-1',
      amountMinor: 1050,
      reason: 'Не подошёл',
      contact: { email: 'anna@b.ru', phone: '+79001234567', externalId: '7' },
    })
  })

  it('names a line as its order does: by sku, else external id, else name, cut alike', () => {
    const items = [
      { sku: ' K ', externalId: 5, name: 'Кружка', quantity: 1 },
      { externalId: 5, name: 'Кружка', quantity: 1.5 },
      { sku: '', name: 'н'.repeat(300), quantity: '2' },
    ]
    expect(refund({ refundId: 'R', items })).toStrictEqual({
      kind: 'refund',
      storefront: 'api',
      orderId: 'A-1',
      refundId: 'R',
      lines: [
        { key: 'K', quantity: 1 },
        { key: '5', quantity: 1.5 },
        { key: 'н'.repeat(200), quantity: 2 },
      ],
    })
  })

  it('takes a bogus contact as none', () => {
    expect(refund({ email: 'no@mail.ru' })).not.toHaveProperty('contact')
    expect(refund({ email: 'no@mail.ru', phone: '+79001234567' })).toMatchObject({
      contact: { phone: '+79001234567' },
    })
  })

  it.each([
    [{ amount: 5 }, ['/refundId required']],
    [{ items: [{ sku: 'K', quantity: 1 }], refundId: ' ' }, ['/refundId required']],
    [{ refundId: 'x'.repeat(101) }, ['/refundId too-long']],
    [{ refundId: 'R', amount: 5, items: [{ sku: 'K', quantity: 1 }] }, ['/items amount-or-items']],
    [{ refundId: 'R', amount: '0.00' }, ['/amount not-positive']],
    [{ refundId: 'R', amount: '1,5' }, ['/amount invalid-money']],
    [{ refundId: 'R', items: [] }, ['/items items-count']],
    [{ refundId: 'R', items: Array(1001).fill({ sku: 'K', quantity: 1 }) }, ['/items items-count']],
    [{ refundId: 'R', items: [{ sku: '\u0000', quantity: 1 }] }, ['/items/0 invalid-item']],
    [{ refundId: 'R', items: [{ sku: 'K', quantity: 0 }] }, ['/items/0/quantity invalid-quantity']],
    [
      { email: 'x', orderId: '', storefront: 'a/b', amount: 'x' },
      [
        '/email invalid-email',
        '/orderId invalid-order-id',
        '/storefront invalid-storefront',
        '/refundId required',
        '/amount invalid-money',
      ],
    ],
  ])('refuses %j with every error', (more, errors) => {
    const reading = refund(more)
    expect(reading).toMatchObject({ refused: 'invalid-request' })
    expect(errorsOf(reading)).toEqual(errors)
  })

  it('refuses another currency', () => {
    expect(refund({ refundId: 'R', amount: 5, currency: 'KZT' })).toMatchObject({
      refused: 'currency-mismatch',
    })
  })
})
