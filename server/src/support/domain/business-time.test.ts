import { describe, expect, it } from 'vitest'
import { addBusinessMinutes, businessMinutesBetween, openness, type BusinessTime } from './business-time.ts'

const MINUTE = 60_000
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri']
const office = (timeZone: string, holidays: string[] = []): BusinessTime => ({
  timeZone,
  hours: { days: WEEKDAYS.map((day) => ({ day, from: '09:00', to: '18:00' })), holidays },
})
const at = (iso: string) => Date.parse(iso)
const iso = (instant: number | undefined) => instant && new Date(instant).toISOString()

describe('business time', () => {
  it.each([
    ['within a day', '2026-03-02T07:00:00Z', 60, '2026-03-02T08:00:00.000Z'],
    ['from before it opens', '2026-03-02T03:00:00Z', 60, '2026-03-02T07:00:00.000Z'],
    ['over the night', '2026-03-02T14:30:00Z', 60, '2026-03-03T06:30:00.000Z'],
    ['over a weekend', '2026-03-06T14:30:00Z', 60, '2026-03-09T06:30:00.000Z'],
    ['to the very end of a day', '2026-03-02T14:00:00Z', 60, '2026-03-02T15:00:00.000Z'],
  ])('is added %s', (_, start, minutes, end) => {
    expect(iso(addBusinessMinutes(office('Europe/Moscow'), at(start), minutes))).toBe(end)
    expect(businessMinutesBetween(office('Europe/Moscow'), at(start), at(end))).toBe(minutes)
  })

  it('leaves holidays out', () => {
    const time = office('Asia/Almaty', ['2026-03-09', '2026-03-10'])
    expect(iso(addBusinessMinutes(time, at('2026-03-06T12:30:00Z'), 60))).toBe('2026-03-11T04:30:00.000Z')
  })

  it('is all time where no hours are set, and none where the shop never opens', () => {
    const always = { hours: null, timeZone: 'Asia/Almaty' }
    expect(addBusinessMinutes(always, 0, 90)).toBe(90 * MINUTE)
    expect(businessMinutesBetween(always, 0, 90 * MINUTE)).toBe(90)
    expect(businessMinutesBetween(always, 90 * MINUTE, 0)).toBe(0)
    const never = { hours: { days: [], holidays: [] }, timeZone: 'Asia/Almaty' }
    expect(addBusinessMinutes(never, 0, 1)).toBeUndefined()
    expect(businessMinutesBetween(never, 0, 1e12)).toBe(0)
  })

  it('counts a promise of years, and makes none of decades', () => {
    const friday = {
      hours: { days: [{ day: 'fri', from: '10:00', to: '11:00' }], holidays: [] },
      timeZone: 'UTC',
    }
    const start = at('2026-01-01T00:00:00Z')
    const end = addBusinessMinutes(friday, start, 60 * 100)!
    expect(iso(end)).toBe('2027-11-26T11:00:00.000Z')
    expect(businessMinutesBetween(friday, start, end)).toBe(60 * 100)
    expect(addBusinessMinutes(friday, start, 1_000_000)).toBeUndefined()
  })

  it('is what somebody counts minute by minute, also when clocks are put forward and back', () => {
    const random = seeded(7)
    const zones = [
      'Europe/Moscow',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      'Asia/Almaty',
    ]
    // Around the last Sundays of March and October of all of these.
    const starts = [
      '2026-03-06',
      '2026-03-27',
      '2026-04-03',
      '2026-04-23',
      '2026-10-01',
      '2026-10-23',
      '2026-10-30',
    ]
    for (let run = 0; run < 60; run++) {
      const timeZone = zones[random(zones.length)]!
      const time: BusinessTime = {
        timeZone,
        hours: { days: someDays(random), holidays: ['2026-03-30', '2026-10-26'] },
      }
      const start = at(`${starts[random(starts.length)]!}T00:00:00Z`) + random(1_440) * MINUTE
      const end = start + random(4 * 1_440) * MINUTE
      const minutes = walk(time, start, end)
      const told = `${timeZone} ${iso(start)} ${iso(end)} ${JSON.stringify(time.hours!.days)}`
      expect(businessMinutesBetween(time, start, end), told).toBe(minutes)
      if (minutes === 0) continue
      const reached = addBusinessMinutes(time, start, minutes)!
      expect(reached, told).toBeLessThanOrEqual(end)
      expect(businessMinutesBetween(time, start, reached), told).toBe(minutes)
      expect(businessMinutesBetween(time, start, reached - MINUTE), told).toBe(minutes - 1)
    }
  })
})

function someDays(random: (below: number) => number) {
  const clock = (minute: number) =>
    minute === 1_440
      ? '24:00'
      : `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  return ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'].flatMap((day) => {
    const cuts = [random(48), random(48), random(48), random(49)]
      .sort((left, right) => left - right)
      .map((half) => half * 30)
    return [
      [cuts[0]!, cuts[1]!],
      [cuts[2]!, cuts[3]!],
    ]
      .filter(([from, to]) => from! < to!)
      .map(([from, to]) => ({ day, from: clock(from!), to: clock(to!) }))
  })
}

/** The slow and simple way. */
function walk({ hours, timeZone }: BusinessTime, start: number, end: number): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  let count = 0
  for (let minute = start; minute < end; minute += MINUTE) {
    const [weekday, date, clock] = format.format(minute).split(', ') as [string, string, string]
    const [day, month, year] = date.split('/')
    if (hours!.holidays.includes(`${year}-${month}-${day}`)) continue
    if (
      hours!.days.some((span) => span.day === weekday.toLowerCase() && span.from <= clock && clock < span.to)
    )
      count++
  }
  return count
}

function seeded(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

describe('whether the shop is open', () => {
  const told = (time: BusinessTime, now: string) => {
    const { open, changesAt } = openness(time, at(now), 7)
    return [open, changesAt === null ? null : iso(changesAt)]
  }
  const nights = {
    timeZone: 'Asia/Almaty',
    hours: {
      days: [
        { day: 'fri', from: '18:00', to: '24:00' },
        { day: 'sat', from: '00:00', to: '02:00' },
        { day: 'sat', from: '02:00', to: '03:00' },
      ],
      holidays: [],
    },
  }

  it.each([
    ['a Monday at noon', '2026-03-02T09:00:00Z', true, '2026-03-02T15:00:00.000Z'],
    ['its first minute', '2026-03-02T06:00:00Z', true, '2026-03-02T15:00:00.000Z'],
    ['the minute after its last', '2026-03-02T15:00:00Z', false, '2026-03-03T06:00:00.000Z'],
    ['the morning', '2026-03-02T03:00:00Z', false, '2026-03-02T06:00:00.000Z'],
    ['a Saturday', '2026-03-07T09:00:00Z', false, '2026-03-09T06:00:00.000Z'],
  ])('is told on %s, with when that changes', (_, now, open, changesAt) =>
    expect(told(office('Europe/Moscow'), now)).toEqual([open, changesAt]),
  )

  it('spans that touch are one, over midnight too', () => {
    expect(told(nights, '2026-03-06T17:00:00Z')).toEqual([true, '2026-03-06T22:00:00.000Z'])
    expect(told(nights, '2026-03-06T22:00:00Z')).toEqual([false, '2026-03-13T13:00:00.000Z'])
  })

  it('holidays are closed, and what is more than a week away is not promised', () => {
    const holidays = ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13']
    expect(told(office('Europe/Moscow', ['2026-03-02']), '2026-03-02T09:00:00Z')).toEqual([
      false,
      '2026-03-03T06:00:00.000Z',
    ])
    expect(told(office('Europe/Moscow', holidays), '2026-03-06T16:00:00Z')).toEqual([false, null])
  })

  it('without hours it is always open; always open and never open do not change', () => {
    const always = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
    const days = always.map((day) => ({ day, from: '00:00', to: '24:00' }))
    expect(told({ timeZone: 'UTC', hours: null }, '2026-03-02T09:00:00Z')).toEqual([true, null])
    expect(told({ timeZone: 'UTC', hours: { days, holidays: [] } }, '2026-03-02T09:00:00Z')).toEqual([
      true,
      null,
    ])
    expect(told({ timeZone: 'UTC', hours: { days: [], holidays: [] } }, '2026-03-02T09:00:00Z')).toEqual([false, null]) // prettier-ignore
  })
})
