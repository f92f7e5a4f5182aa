import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import { readPurchase } from './read-purchase.ts'
import { readRefund } from './read-refund.ts'
import { readRegistration } from './read-registration.ts'
import { readSpend } from './read-spend.ts'
import { rules } from './rules.fixture.ts'

it('never throws on what the schema lets through', () => {
  const text = fc.option(fc.string({ unit: 'binary' }), { nil: undefined })
  const money = fc.oneof(fc.double(), fc.integer(), fc.string(), fc.constantFrom('1', '0', '100.50'))
  const item = fc.record(
    { name: text, sku: text, externalId: text, category: text, quantity: money, price: money, amount: money },
    { requiredKeys: [] },
  )
  const payload = fc.record(
    {
      email: fc.oneof(text, fc.constant('a@b.ru')),
      phone: fc.oneof(text, fc.constant('+79001234567')),
      ...{ externalId: text, orderId: fc.oneof(fc.string(), fc.nat()), amount: money, orderAmount: money },
      ...{
        items: fc.array(item),
        utm: fc.dictionary(fc.string(), fc.anything()),
        birthday: text,
        locale: text,
      },
      ...{
        telegramId: money,
        refundId: text,
        reason: text,
        currency: fc.constantFrom(undefined, 'RUB', 'usd'),
        storefront: text,
        name: text,
      },
    },
    { requiredKeys: ['orderId', 'amount'] },
  )
  fc.assert(
    fc.property(payload, (sent) => {
      for (const read of [readPurchase, readRegistration, readSpend, readRefund]) {
        const reading = read(sent as never, rules)
        if (isRefusal(reading)) continue
        if (reading.kind !== 'refund') expect(Object.keys(reading.contact).length).toBeGreaterThan(0)
        expect(JSON.stringify(reading)).not.toMatch(/null|\\u(?:0000|d[89a-f])/)
      }
    }),
    { numRuns: 400 },
  )
})
