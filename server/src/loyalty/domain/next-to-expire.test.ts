import { expect, it } from 'vitest'
import type { Lot } from './book.ts'
import { nextToExpire } from './next-to-expire.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const timeZone = 'Europe/Moscow'

function lot(remainingMinor: number, expiresAt: string | null, more: Partial<Lot> = {}): Lot {
  return {
    id: 'lot',
    originId: null,
    orderRef: null,
    reason: 'purchase',
    amountMinor: 100,
    remainingMinor,
    state: 'active',
    activatesAt: null,
    expiresAt: expiresAt === null ? null : Date.parse(expiresAt),
    createdAt: 0,
    expiryDays: 0,
    expiryMonths: 0,
    expiryEndOf: 'none',
    ...more,
  }
}
const seen = (lots: Lot[], days = 3) =>
  nextToExpire(lots, { now: NOW, timeZone, days }).map(({ amountMinor, at }) => [
    amountMinor,
    new Date(at).toISOString(),
  ])

it('brings together what ends on one day of the shop, and tells the first moment of it', () => {
  expect(
    seen([lot(5, '2026-03-10T20:00:00Z'), lot(7, '2026-03-09T21:30:00Z'), lot(3, '2026-03-10T21:30:00Z')]),
  ).toEqual([
    [12, '2026-03-09T21:30:00.000Z'],
    [3, '2026-03-10T21:30:00.000Z'],
  ])
})

it('tells the next days only, and none beyond a month', () => {
  const days = ['05', '04', '03', '02'].map((day) => lot(1, `2026-03-${day}T12:00:00Z`))
  expect(seen(days).map(([, at]) => at)).toEqual(
    ['02', '03', '04'].map((day) => `2026-03-${day}T12:00:00.000Z`),
  )
  expect(seen([lot(1, '2026-03-31T12:00:00Z'), lot(2, '2026-04-01T12:00:00Z')])).toEqual([
    [1, '2026-03-31T12:00:00.000Z'],
  ])
})

it('leaves out what cannot be spent now, has ended, or never ends', () => {
  const soon = '2026-03-05T12:00:00Z'
  expect(
    seen([lot(1, null), lot(0, soon), lot(1, '2026-03-01T12:00:00Z'), lot(1, soon, { state: 'pending' })]),
  ).toEqual([])
})
