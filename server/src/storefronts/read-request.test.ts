import { describe, expect, it } from 'vitest'
import { contractChecks } from './adapters/contract-checks.ts'
import { rules, errorsOf } from './domain/rules.fixture.ts'
import { requestReader } from './read-request.ts'

const reader = requestReader({
  checks: contractChecks,
  decodeTildaBody: () => undefined,
  isTildaProbe: () => false,
})
const recognise = (body: unknown) => reader.recognise(Buffer.from(JSON.stringify(body)), 'application/json')
function readAction(action: string, payload: unknown) {
  const readings = reader.read({ format: 'standard', action, payload } as never, rules)
  return Array.isArray(readings) ? readings[0]! : readings
}

describe('an action', () => {
  it.each(['purchase', 'register_user', 'spend_bonuses', 'refund', 'batch_purchase'])(
    '%s is known',
    (action) => {
      expect(recognise({ action, payload: 1 })).toEqual({ format: 'standard', action, payload: 1 })
    },
  )

  it('that is none is told which there are', () => {
    const message = 'action must be purchase, register_user, spend_bonuses, refund or batch_purchase'
    expect(recognise({ action: 'buy' })).toMatchObject({ errors: [{ pointer: '/action', message }] })
  })

  it('has its errors at pointers of the whole body', () => {
    const spend = readAction('spend_bonuses', { email: 'a@b.ru', orderId: '1', amount: 0 })
    expect(errorsOf(spend)).toEqual(['/payload/amount not-positive'])
    const batch = readAction('batch_purchase', { purchases: [{ email: 'x', orderId: '1', amount: 1 }] })
    expect(errorsOf(batch)).toEqual(['/email invalid-email'])
  })
})

describe('a refund', () => {
  it('may be no more than an order id', () => {
    expect(readAction('refund', { orderId: 1 })).toMatchObject({ kind: 'refund', orderId: '1' })
  })

  it.each([
    [{}, ['/payload/orderId required']],
    [{ orderId: '1', amount: 5 }, ['/payload/refundId dependentRequired']],
    [{ orderId: '1', items: [{ sku: 'K', quantity: 1 }] }, ['/payload/refundId dependentRequired']],
    [{ orderId: '1', refundId: 'R', amount: 5, items: [{ sku: 'K', quantity: 1 }] }, ['/payload not']],
    [{ orderId: '1', refundId: 'R', items: [{ quantity: 1 }] }, ['/payload/items/0 minProperties']],
    [
      { orderId: '1', refundId: 'R', items: [{ sku: 'K', name: 'Чай' }] },
      ['/payload/items/0/quantity required'],
    ],
    [{ orderId: '1', refundId: 'R', amount: '0' }, ['/payload/amount not-positive']],
  ])('%j is refused', (payload, errors) => {
    expect(errorsOf(readAction('refund', payload))).toEqual(errors)
  })

  it('says in words that a part needs its id, and is of one kind', () => {
    const messages = (payload: object) =>
      (readAction('refund', payload) as { errors: { message: string }[] }).errors.map(
        ({ message }) => message,
      )
    expect(messages({ orderId: '1', amount: 5 })).toEqual([
      'must have property refundId when property amount is present',
    ])
    expect(messages({ orderId: '1', refundId: 'R', amount: 5, items: [{ sku: 'K', quantity: 1 }] })).toEqual([
      'must hold amount or items, not both',
    ])
  })
})

it('says once that a purchase names nobody', () => {
  expect(errorsOf(readAction('purchase', { orderId: '1', amount: 5 }))).toEqual(['/payload contact-required'])
})
