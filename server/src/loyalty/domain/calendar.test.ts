import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addMonths,
  daysIn,
  endOf,
  instantOf,
  localTime,
  startOf,
  startOfDay,
  dayNumber,
  type CalendarUnit,
} from './calendar.ts'
import { expiryAfter } from './program.ts'

const seed = 20_260_101
const ZONES = [
  'UTC',
  'Europe/Moscow',
  'Asia/Almaty',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'America/St_Johns',
  'Africa/Cairo',
  'Asia/Beirut',
  'America/Havana',
  'Atlantic/Azores',
  'Pacific/Kiritimati',
]
const zone = fc.constantFrom(...ZONES)
const moment = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2040, 0, 1) })
const at = (iso: string) => Date.parse(iso)
const iso = (instant: number) => new Date(instant).toISOString().replace('.000Z', 'Z')

describe('the start of a local day', () => {
  const cases: [string, string, string, string][] = [
    ['in Moscow', 'Europe/Moscow', '2026-01-01T12:00:00Z', '2025-12-31T21:00:00Z'],
    ['just before it', 'Europe/Moscow', '2025-12-31T20:59:59Z', '2025-12-30T21:00:00Z'],
    [
      'in Almaty before all of Kazakhstan went to one time',
      'Asia/Almaty',
      '2024-02-28T12:00:00Z',
      '2024-02-27T18:00:00Z',
    ],
    ['in Almaty on the day of the change', 'Asia/Almaty', '2024-02-29T18:30:00Z', '2024-02-28T18:00:00Z'],
    ['in Almaty after it', 'Asia/Almaty', '2024-03-01T12:00:00Z', '2024-02-29T19:00:00Z'],
    ['in Berlin on a day of 23 hours', 'Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00Z'],
    ['in Berlin on a day of 25 hours', 'Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00Z'],
    ['in New York in summer', 'America/New_York', '2026-07-04T12:00:00Z', '2026-07-04T04:00:00Z'],
    ['half an hour off', 'Asia/Kolkata', '2026-01-01T00:00:00Z', '2025-12-31T18:30:00Z'],
    ['where the clocks skip midnight', 'Africa/Cairo', '2026-04-24T12:00:00Z', '2026-04-23T22:00:00Z'],
    ['where midnight comes twice', 'America/Havana', '2026-11-01T12:00:00Z', '2026-11-01T04:00:00Z'],
  ]
  it.each(cases)('%s', (_, timeZone, moment, start) => {
    expect(iso(startOf('day', at(moment), timeZone))).toBe(start)
  })

  it('is the first moment of that date and not after the moment, in any zone', () => {
    fc.assert(
      fc.property(moment, zone, (now, timeZone) => {
        const start = startOf('day', now, timeZone)
        expect(start).toBeLessThanOrEqual(now)
        expect(dayNumber(start, timeZone)).toBe(dayNumber(now, timeZone))
        expect(dayNumber(start - 1, timeZone)).toBe(dayNumber(now, timeZone) - 1)
        expect(startOfDay(dayNumber(now, timeZone), timeZone)).toBe(start)
      }),
      { seed, numRuns: 2000 },
    )
  })

  it('and its hours are found again on the clocks', () => {
    fc.assert(
      fc.property(moment, zone, fc.integer({ min: 3, max: 23 }), (now, timeZone, hour) => {
        const { year, month, day } = localTime(now, timeZone)
        expect(localTime(instantOf({ year, month, day }, timeZone, hour), timeZone)).toEqual({
          year,
          month,
          day,
          hour,
          minute: 0,
          second: 0,
        })
      }),
      { seed, numRuns: 2000 },
    )
  })
})

describe('an hour that the clocks', () => {
  const spring = { year: 2026, month: 3, day: 29 }
  const autumn = { year: 2026, month: 10, day: 25 }
  it('skip is the moment after the gap', () => {
    expect(iso(instantOf(spring, 'Europe/Berlin', 2))).toBe('2026-03-29T01:00:00Z')
  })
  it('show twice is the first of the two', () => {
    expect(iso(instantOf(autumn, 'Europe/Berlin', 2))).toBe('2026-10-25T00:00:00Z')
    expect(iso(instantOf({ year: 2026, month: 11, day: 1 }, 'America/New_York', 1))).toBe(
      '2026-11-01T05:00:00Z',
    )
  })
})

describe('some months later', () => {
  const cases: [string, string, string, number, string][] = [
    ['is the same day', 'UTC', '2026-01-15T10:30:00Z', 1, '2026-02-15T10:30:00Z'],
    ['is the last day of a shorter month', 'UTC', '2026-01-31T10:00:00Z', 1, '2026-02-28T10:00:00Z'],
    ['is 29 February in a leap year', 'UTC', '2028-01-31T10:00:00Z', 1, '2028-02-29T10:00:00Z'],
    ['is 28 February a year after 29', 'UTC', '2028-02-29T10:00:00Z', 12, '2029-02-28T10:00:00Z'],
    ['is 29 February four years after', 'UTC', '2028-02-29T10:00:00Z', 48, '2032-02-29T10:00:00Z'],
    ['is no leap year in 2100', 'UTC', '2100-01-31T10:00:00Z', 1, '2100-02-28T10:00:00Z'],
    ['goes past the year', 'UTC', '2026-11-30T10:00:00Z', 3, '2027-02-28T10:00:00Z'],
    ['goes by the local day', 'Europe/Moscow', '2026-01-30T22:00:00Z', 1, '2026-02-27T22:00:00Z'],
    ['keeps the local hour into summer', 'Europe/Berlin', '2026-03-01T11:00:00Z', 1, '2026-04-01T10:00:00Z'],
    [
      'keeps the local hour out of summer',
      'America/New_York',
      '2026-10-15T16:00:00Z',
      1,
      '2026-11-15T17:00:00Z',
    ],
    ['keeps it from a day of 23 hours', 'Europe/Berlin', '2026-03-29T13:00:00Z', 1, '2026-04-29T13:00:00Z'],
    ['keeps it on a day of 23 hours', 'Europe/Berlin', '2026-01-29T14:00:00Z', 2, '2026-03-29T13:00:00Z'],
    [
      'stays on the day, late in the evening of a short one',
      'Europe/Berlin',
      '2026-01-29T22:30:00Z',
      2,
      '2026-03-29T21:30:00Z',
    ],
  ]
  it.each(cases)('%s', (_, timeZone, from, months, to) => {
    expect(iso(addMonths(at(from), months, timeZone))).toBe(to)
  })
})

describe('a unit of the calendar', () => {
  const cases: [CalendarUnit, string, string, string, string][] = [
    ['month', 'Europe/Moscow', '2028-02-29T12:00:00Z', '2028-01-31T21:00:00Z', '2028-02-29T21:00:00Z'],
    ['quarter', 'UTC', '2026-05-20T12:00:00Z', '2026-04-01T00:00:00Z', '2026-07-01T00:00:00Z'],
    ['quarter', 'UTC', '2026-12-31T23:59:59Z', '2026-10-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['year', 'Asia/Almaty', '2024-06-01T00:00:00Z', '2023-12-31T18:00:00Z', '2024-12-31T19:00:00Z'],
    ['day', 'Europe/Berlin', '2026-10-25T12:00:00Z', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
  ]
  it.each(cases)('%s in %s around %s', (unit, timeZone, moment, start, end) => {
    expect(iso(startOf(unit, at(moment), timeZone))).toBe(start)
    expect(iso(endOf(unit, at(moment), timeZone))).toBe(end)
  })

  it('ends where the next begins, and holds what it is of', () => {
    fc.assert(
      fc.property(
        moment,
        zone,
        fc.constantFrom<CalendarUnit>('day', 'month', 'quarter', 'year'),
        (now, timeZone, unit) => {
          const end = endOf(unit, now, timeZone)
          expect(startOf(unit, now, timeZone)).toBeLessThanOrEqual(now)
          expect(end).toBeGreaterThan(now)
          expect(startOf(unit, end, timeZone)).toBe(end)
          expect(startOf(unit, end - 1, timeZone)).toBe(startOf(unit, now, timeZone))
        },
      ),
      { seed, numRuns: 2000 },
    )
  })
})

it('months have the days they have', () => {
  expect([1, 2, 4, 12].map((month) => daysIn(2026, month))).toEqual([31, 28, 30, 31])
  expect([2000, 2028, 2100].map((year) => daysIn(year, 2))).toEqual([29, 29, 28])
})

describe('bonuses that come on 29 February at noon in Moscow end', () => {
  const from = at('2028-02-29T09:00:00Z')
  const cases: [string, number, number, CalendarUnit | 'none', string | null][] = [
    ['never', 0, 0, 'none', null],
    ['after days of 24 hours', 30, 0, 'none', '2028-03-30T09:00:00Z'],
    ['after a year of months', 0, 12, 'none', '2029-02-28T09:00:00Z'],
    ['after months and days', 1, 1, 'none', '2028-03-30T09:00:00Z'],
    ['with the day', 1, 0, 'day', '2028-03-01T21:00:00Z'],
    ['with the month', 0, 1, 'month', '2028-03-31T21:00:00Z'],
    ['with the quarter', 30, 0, 'quarter', '2028-03-31T21:00:00Z'],
    ['with the year', 0, 12, 'year', '2029-12-31T21:00:00Z'],
    ['with the year that they came in', 0, 0, 'year', '2028-12-31T21:00:00Z'],
  ]
  it.each(cases)('%s', (_, expiryDays, expiryMonths, expiryEndOf, end) => {
    const expiry = expiryAfter(from, { expiryDays, expiryMonths, expiryEndOf }, 'Europe/Moscow')
    expect(expiry === null ? null : iso(expiry)).toBe(end)
  })
})
