import { describe, expect, it } from 'vitest'
import { matchCustomers } from './match.ts'

let next = 0
const newId = () => `cus_${next++}`
const known = [
  { kind: 'email' as const, value: 'anna@shop.ru', customerId: 'cus_anna' },
  { kind: 'externalId' as const, value: '7', customerId: 'cus_anna' },
  { kind: 'phone' as const, value: '+79001234567', customerId: 'cus_boris' },
]
const match = (...contacts: { email?: string; phone?: string; externalId?: string }[]) =>
  matchCustomers(
    contacts.map((contact) => ({ contact, mayCreate: true })),
    known,
    newId,
  )

describe('who is meant', () => {
  it('finds a customer by any identifier and gives it the new ones', () => {
    const { matches, attached } = match({ email: 'anna@shop.ru', phone: '+77011234567' })
    expect(matches).toEqual([{ customerId: 'cus_anna', created: false }])
    expect(attached).toEqual([{ kind: 'phone', value: '+77011234567', customerId: 'cus_anna' }])
  })

  it('makes one customer of two requests in one slice that share an identifier', () => {
    const { matches, created } = match(
      { email: 'new@shop.ru' },
      { email: 'new@shop.ru', phone: '+79991112233' },
      { phone: '+79991112233' },
    )
    expect(created).toHaveLength(1)
    expect(new Set(matches.map((one) => 'customerId' in one && one.customerId)).size).toBe(1)
  })

  it('names a conflict when two customers stand behind one request', () => {
    expect(match({ email: 'anna@shop.ru', phone: '+79001234567' }).matches).toEqual([
      { refused: 'customer-conflict', details: { identifiers: ['email', 'phone'] } },
    ])
  })

  it('does not give a customer a second external id: a family shares a phone', () => {
    expect(match({ email: 'anna@shop.ru', externalId: '8' }).matches[0]).toMatchObject({
      refused: 'customer-conflict',
    })
    expect(match({ phone: '+79001234567', externalId: '8' }).matches[0]).toMatchObject({
      customerId: 'cus_boris',
    })
  })

  it('knows a merged customer by each of its external ids, and gives it no further one', () => {
    const merged = [...known, { kind: 'externalId' as const, value: '9', customerId: 'cus_anna' }]
    const { matches, attached } = matchCustomers(
      ['7', '9', '8'].map((externalId) => ({
        contact: { externalId, email: 'anna@shop.ru' },
        mayCreate: true,
      })),
      merged,
      newId,
    )
    expect(matches).toEqual([
      { customerId: 'cus_anna', created: false },
      { customerId: 'cus_anna', created: false },
      { refused: 'customer-conflict', details: { identifiers: ['externalId'] } },
    ])
    expect(attached).toEqual([])
  })

  it('does not make customers for a spend', () => {
    const { matches, attached } = matchCustomers(
      [
        { contact: { email: 'nobody@shop.ru' }, mayCreate: false },
        { contact: { email: 'anna@shop.ru', phone: '+79998887766' }, mayCreate: false },
      ],
      known,
      newId,
    )
    expect(matches).toEqual([{ refused: 'customer-not-found' }, { customerId: 'cus_anna', created: false }])
    expect(attached).toEqual([])
  })
})
