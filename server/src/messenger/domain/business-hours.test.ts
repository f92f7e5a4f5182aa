import { describe, expect, it } from 'vitest'
import { closedSince } from './business-hours.ts'

const week = ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => ({ day, from: '09:00', to: '18:00' }))
const hours = {
  days: [...week, { day: 'sat', from: '10:00', to: '13:00' }, { day: 'sat', from: '14:00', to: '24:00' }],
  holidays: ['2026-12-31'],
}
const at = (text: string, zone = 'Europe/Moscow') => closedSince(hours, zone, Date.parse(text))

describe('business hours', () => {
  it.each([
    ['a Monday at noon', '2026-11-30T12:00:00+03:00', undefined],
    ['its first minute', '2026-11-30T09:00:00+03:00', undefined],
    ['the minute before', '2026-11-30T08:59:00+03:00', '2026-11-28:1440'],
    ['its last minute', '2026-11-30T17:59:59+03:00', undefined],
    ['the evening', '2026-11-30T18:00:00+03:00', '2026-11-30:1080'],
    ['the night after is the same time', '2026-12-01T03:00:00+03:00', '2026-11-30:1080'],
    ['lunch on Saturday', '2026-11-28T13:30:00+03:00', '2026-11-28:780'],
    ['Sunday', '2026-11-29T12:00:00+03:00', '2026-11-28:1440'],
    ['a holiday', '2026-12-31T12:00:00+03:00', '2026-12-30:1080'],
  ])('%s', (_, time, expected) => expect(at(time)).toBe(expected))

  it('go by the zone of the shop', () => {
    expect(at('2026-11-30T07:00:00Z', 'Europe/Moscow')).toBeUndefined()
    expect(at('2026-11-30T07:00:00Z', 'America/New_York')).toBeDefined()
  })

  it('a shop that never opens is always closed', () =>
    expect(closedSince({ days: [], holidays: [] }, 'UTC', 0)).toBe('always'))
})
