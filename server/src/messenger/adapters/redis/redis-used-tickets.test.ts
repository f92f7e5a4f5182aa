import { expect, it } from 'vitest'
import { redisUsedTickets } from './redis-used-tickets.ts'

const away = { set: () => Promise.reject(new Error('Connection is closed')) }
const TICKET_MS = 30_000

it('while Redis is away a ticket is good once to this process', async () => {
  const tickets = redisUsedTickets(away, 'test')
  const shown = await Promise.all(Array.from({ length: 10 }, () => tickets.use('a', TICKET_MS)))
  expect(shown.filter(Boolean)).toHaveLength(1)
  expect(await tickets.use('b', TICKET_MS)).toBe(true)
})

it('what was used while Redis was there is not good again when it goes away', async () => {
  let isThere = true
  const flapping = {
    set: () => (isThere ? Promise.resolve('OK' as const) : Promise.reject(new Error('Connection is closed'))),
  }
  const tickets = redisUsedTickets(flapping, 'test')
  expect(await tickets.use('a', TICKET_MS)).toBe(true)
  isThere = false
  expect(await tickets.use('a', TICKET_MS)).toBe(false)
})

it('the memory is bounded: full and alone, it takes no more until the oldest are over', async () => {
  let now = 0
  const tickets = redisUsedTickets(away, 'test', { now: () => now, most: 2 })
  expect([await tickets.use('a', TICKET_MS), await tickets.use('b', TICKET_MS)]).toEqual([true, true])
  expect(await tickets.use('c', TICKET_MS)).toBe(false)
  now = TICKET_MS
  expect(await tickets.use('c', TICKET_MS)).toBe(true)
})
