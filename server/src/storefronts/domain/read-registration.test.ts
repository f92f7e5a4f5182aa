import { describe, expect, it } from 'vitest'
import { readRegistration } from './read-registration.ts'
import { errorsOf, rules } from './rules.fixture.ts'

const buyer = { email: 'a@b.ru' }

describe('readRegistration', () => {
  it('reads everything', () => {
    const payload = {
      ...buyer,
      name: 'Анна',
      referralCode: 'R',
      birthday: '1996-02-29',
      telegramId: 123456789,
      locale: 'kk-KZ',
      utm_source: 'vk',
    }
    expect(readRegistration(payload, rules)).toStrictEqual({
      kind: 'register',
      contact: buyer,
      name: 'Анна',
      referralCode: 'R',
      birthday: '1996-02-29',
      telegramId: '123456789',
      locale: 'kk',
      utm: { utm_source: 'vk' },
    })
    expect(readRegistration(buyer, rules)).toStrictEqual({ kind: 'register', contact: buyer })
  })

  it.each([
    [{ birthday: '1995-02-29' }, ['/birthday invalid-date']],
    [{ birthday: '2000-13-01' }, ['/birthday invalid-date']],
    [{ birthday: '2000-00-10' }, ['/birthday invalid-date']],
    [{ birthday: '1899-12-31' }, ['/birthday invalid-date']],
    [{ birthday: '01.01.1990' }, ['/birthday invalid-date']],
    [{ birthday: '2000-1-1' }, ['/birthday invalid-date']],
    [{ telegramId: '@anna' }, ['/telegramId invalid-telegram-id']],
    [{ telegramId: 0 }, ['/telegramId invalid-telegram-id']],
    [{ telegramId: 1.5 }, ['/telegramId invalid-telegram-id']],
    [{ locale: 'de' }, ['/locale invalid-locale']],
    [
      { phone: 'x', birthday: 'x', telegramId: 'x', locale: 'x' },
      [
        '/phone invalid-phone',
        '/birthday invalid-date',
        '/telegramId invalid-telegram-id',
        '/locale invalid-locale',
      ],
    ],
  ])('refuses %j', (more, errors) => {
    const reading = readRegistration({ ...buyer, ...more }, rules)
    expect(reading).toMatchObject({ refused: 'invalid-request' })
    expect(errorsOf(reading)).toEqual(errors)
  })

  it('needs more than a Telegram id', () => {
    expect(readRegistration({ telegramId: 5 }, rules)).toMatchObject({ refused: 'contact-required' })
  })
})
