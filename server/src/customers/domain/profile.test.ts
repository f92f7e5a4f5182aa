import { describe, expect, it } from 'vitest'
import { emptyGaps, fillGaps, type Profile } from './profile.ts'

const unknown: Profile = {
  name: null,
  birthday: null,
  locale: null,
  telegramId: null,
  telegramUnreachable: null,
  utm: {},
}
const anna: Profile = {
  name: 'Anna',
  birthday: '1990-02-28',
  locale: 'ru',
  telegramId: '7',
  telegramUnreachable: 'blocked',
  utm: { utm_source: 'vk' },
}

describe('the gaps of a profile', () => {
  it('are filled, and emptied again', () => {
    const { profile, filled } = fillGaps(unknown, anna)
    expect(profile).toEqual(anna)
    expect(emptyGaps(profile, filled)).toEqual(unknown)
  })

  it('are none where both know something', () => {
    const boris = {
      ...anna,
      name: 'Boris',
      telegramId: '8',
      telegramUnreachable: null,
      utm: { utm_source: 'x' },
    }
    expect(fillGaps(boris, anna)).toEqual({ profile: boris, filled: {} })
  })

  it('stay filled with what has changed since', () => {
    const { profile, filled } = fillGaps(unknown, anna)
    const changed: Profile = { ...profile, name: 'Vera', telegramId: '9', telegramUnreachable: null }
    expect(emptyGaps(changed, filled)).toEqual({
      ...unknown,
      name: 'Vera',
      telegramId: '9',
      telegramUnreachable: null,
    })
  })

  it('take the reach of a Telegram id along, whatever became of it', () => {
    const { profile, filled } = fillGaps(unknown, { ...anna, telegramUnreachable: null })
    expect(emptyGaps({ ...profile, telegramUnreachable: 'blocked' }, filled).telegramUnreachable).toBeNull()
  })
})
