import { expect, test } from 'vitest'
import { ajvError } from '../contract/ajv.fixture.ts'
import { contract } from '../contract/contract.ts'
import { createEvents, events } from './event-factories.ts'

const TYPES = Object.entries(contract.events)
const nameOf = (type: string) => type.replace(/\.(.)/g, (_, letter: string) => letter.toUpperCase())

test.each(TYPES)('%s fits its schema', (type, schema) => {
  const make = events[nameOf(type) as 'bonusSpent']
  const event = make()
  expect(event.type).toBe(type)
  expect(ajvError(schema, event)).toBeUndefined()
  expect(make()).toEqual(event)
})

test('there is a factory for each type and no other', () => {
  expect(Object.keys(events).sort()).toEqual(TYPES.map(([type]) => nameOf(type)).sort())
})

test('what is given takes the place of the sample, however deep', () => {
  const event = events.bonusAwarded(
    { amount: '100.00', expiresAt: null },
    { test: true, resource: { version: 9 } },
  )
  expect(event.data).toMatchObject({ amount: '100.00', expiresAt: null, currency: 'RUB' })
  expect(event).toMatchObject({
    test: true,
    resource: { type: 'customer', id: event.data.customerId, version: 9 },
  })
  expect(events.bonusAwarded({ customerId: 'cus_2' }).resource.id).toBe('cus_2')
  expect(events.bonusAwarded().id).not.toBe(event.id)
})

test('a change of what came back changes no later sample', () => {
  const event = events.booksBroken()
  event.data.customerIds.push('cus_2')
  expect(events.booksBroken().data.customerIds).toHaveLength(1)
})

test('events that follow each other: ids and times rise, sequences count by resource, a seed repeats them', () => {
  const tell = (seed: number) => {
    const make = createEvents({ seed })
    return [
      make.bonusAwarded(),
      make.endpointFailing(),
      make.bonusSpent(),
      make.orderRejected({ orderId: null }),
    ]
  }
  const told = tell(7)
  expect(told.map(({ sequence }) => sequence)).toEqual([1, 1, 2, 1])
  expect(told.map(({ id }) => id)).toEqual(told.map(({ id }) => id).sort())
  expect(told[2]!.timestamp).toBe('2026-01-01T09:00:02.000Z')
  expect(tell(7)).toEqual(told)
  expect(tell(8)[0]!.id).not.toBe(told[0]!.id)
  for (const event of told) expect(event.id).toMatch(/^evt_[0-9A-Z]{26}$/)
})
