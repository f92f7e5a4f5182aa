import { expect, it } from 'vitest'
import type { Refund } from './command.ts'
import { itemOf } from './item-of.ts'

const refund: Refund = { kind: 'refund', storefront: 'api', orderId: '1', refundId: 'whole' }

it('claims an order once, and of its refunds each once', () => {
  const order = { storefront: 'api', orderId: '1', contact: { email: 'a@b.ru', phone: '+79001234567' } }
  expect(itemOf({ kind: 'spend', ...order, amountMinor: 1 })).toMatchObject({
    action: 'spend_bonuses',
    claimKey: 'spend:api:1',
    contacts: ['email:a@b.ru', 'phone:+79001234567'],
  })
  expect(itemOf({ kind: 'register', contact: order.contact })).not.toHaveProperty('claimKey')
  expect(itemOf(refund)).toStrictEqual({
    action: 'refund',
    command: refund,
    contacts: [],
    storefront: 'api',
    orderId: '1',
    claimKey: 'refund:api:1:whole',
  })
  expect(itemOf({ ...refund, contact: { externalId: '7' } }).contacts).toEqual(['externalId:7'])
})

it('tells the ids of order and refund apart, whatever is in them', () => {
  const one = itemOf({ ...refund, orderId: 'a:b', refundId: 'c' })
  const other = itemOf({ ...refund, orderId: 'a', refundId: 'b:c' })
  expect(one.claimKey).not.toBe(other.claimKey)
})
