import { describe, expect, it } from 'vitest'
import { EVENT_TYPES, readWish, unknownType } from './event-types.ts'
import { Misuse } from './misuse.ts'

const unknown = (pattern: string) => `no ${pattern}`
const wanted = (wish: string | undefined) => EVENT_TYPES.filter(readWish(wish, unknown))

describe('a wish', () => {
  it('of nothing is everything', () => {
    expect(wanted(undefined)).toEqual(EVENT_TYPES)
    expect(wanted('*')).toEqual(EVENT_TYPES)
  })

  it('names types and kinds', () => {
    expect(wanted('tier.*, bonus.held')).toEqual(['bonus.held', 'tier.changed', 'tier.downgrading'])
  })

  it.each(['bonus.award', 'bonus', 'bon.*', '', 'tier.*,', '.*'])(
    '%j is refused, for nothing would come',
    (wish) => {
      expect(() => readWish(wish, unknown)).toThrow(Misuse)
    },
  )
})

describe('an unknown type', () => {
  it.each([
    ['bonus.awarde', 'bonus.awarded'],
    ['bonus_awarded', 'bonus.awarded'],
    ['tier.change', 'tier.changed'],
    ['hold.expire', 'hold.expired'],
  ])('%s: did you mean %s?', (given, meant) => {
    const lines = unknownType(given, (type) => `Did you mean ${type}?`).split('\n')
    expect(lines.slice(0, 2)).toEqual([`Did you mean ${meant}?`, `  ${meant}`])
    expect(lines).toHaveLength(EVENT_TYPES.length + 1)
  })

  it('that is like none of them is only told what there is', () => {
    expect(unknownType('nonsense-of-another-sort', () => 'meant').split('\n')).toHaveLength(
      EVENT_TYPES.length,
    )
  })
})
