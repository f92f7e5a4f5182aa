import { describe, expect, it } from 'vitest'
import { readSpend } from './read-spend.ts'
import { errorsOf, rules } from './rules.fixture.ts'

const buyer = { email: 'a@b.ru' }
const order = { ...buyer, orderId: 'A-1', amount: '100.00' }

describe('readSpend', () => {
  it('reads a spend', () => {
    expect(readSpend({ ...order, orderAmount: '5000', storefront: 'tilda' }, rules)).toStrictEqual({
      kind: 'spend',
      storefront: 'tilda',
      orderId: 'A-1',
      contact: buyer,
      amountMinor: 10000,
      orderAmountMinor: 500000,
    })
    expect(readSpend(order, rules)).not.toHaveProperty('orderAmountMinor')
  })

  it.each([
    [{ amount: 0 }, ['/amount not-positive']],
    [{ amount: '0.00' }, ['/amount not-positive']],
    [{ amount: 'x' }, ['/amount invalid-money']],
    [{ orderAmount: '1,5' }, ['/orderAmount invalid-money']],
    [
      { amount: 0, orderId: '', phone: '1' },
      ['/phone invalid-phone', '/orderId invalid-order-id', '/amount not-positive'],
    ],
  ])('refuses %j', (more, errors) => {
    const reading = readSpend({ ...order, ...more }, rules)
    expect(reading).toMatchObject({ refused: 'invalid-request' })
    expect(errorsOf(reading)).toEqual(errors)
  })

  it('refuses a blocked contact, another currency, nobody', () => {
    expect(readSpend({ ...order, email: 'no@mail.ru' }, rules)).toMatchObject({ refused: 'contact-blocked' })
    expect(readSpend({ ...order, currency: 'USD' }, rules)).toMatchObject({ refused: 'currency-mismatch' })
    expect(readSpend({ ...order, email: undefined }, rules)).toMatchObject({ refused: 'contact-required' })
  })
})
