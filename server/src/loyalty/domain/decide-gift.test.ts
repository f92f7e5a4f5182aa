import { describe } from 'vitest'
import type { Rules } from './program.ts'
import { rule } from './rule.fixture.ts'
import { celebrates, passes, publishes } from './shop.fixture.ts'

const PARTY: Partial<Rules> = { birthday: { bonusMinor: 40_00, daysBefore: 0, expiryDays: 7 } }

describe('a birthday', () => {
  rule('brings bonuses', PARTY, [celebrates(2026)], {
    entries: ['anna earn birthday 4000'],
    events: ['bonus.awarded'],
    anna: { available: 40_00 },
  })
  rule('brings them for a while', PARTY, [celebrates(2026), passes({ days: 7 })], { anna: { available: 0 } })
  rule(
    'brings them for as long as others where nothing else is said',
    { ...PARTY, birthday: { bonusMinor: 40_00, daysBefore: 0, expiryDays: 0 }, expiryDays: 30 },
    [celebrates(2026), passes({ days: 30, ms: -1 })],
    {
      anna: { available: 40_00 },
    },
  )
  rule('comes once a year', PARTY, [celebrates(2026), celebrates(2026)], {
    repeated: true,
    anna: { available: 40_00 },
  })
  rule('that is moved brings no more', PARTY, [celebrates(2026), passes({ days: 299 }), celebrates(2027)], {
    repeated: true,
  })
  rule('comes again the next year', PARTY, [celebrates(2026), passes({ days: 365 }), celebrates(2027)], {
    anna: { available: 40_00 },
  })
  rule('brings nothing where the program gives nothing', {}, [celebrates(2026)], { repeated: true })
  rule(
    'brings what the program of the day gives',
    PARTY,
    [publishes({ birthday: { bonusMinor: 1_00, daysBefore: 0, expiryDays: 0 } }), celebrates(2026)],
    {
      anna: { available: 1_00 },
    },
  )
  rule(
    'that is moved by most of a year is another effect, not the same',
    PARTY,
    [celebrates(2026), passes({ days: 300 }), celebrates(2026)],
    {
      entries: ['anna expire expiry -4000', 'anna earn birthday 4000'],
      effects: ['birthday:anna:2026', 'birthday:anna:2026:1767225600000'],
    },
  )
})
