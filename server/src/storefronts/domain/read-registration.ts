import type { Registration } from './command.ts'
import { errorSheet, type ErrorSheet } from './error-sheet.ts'
import { marksIn, type MarksPayload } from './marks.ts'
import { MAX_NAME } from './order-line.ts'
import { contactIn, forSomebody, type ContactPayload } from './read-contact.ts'
import type { Reading, ReadingRules } from './reading.ts'
import { MAX_CODE, printable, printableUpTo } from './text.ts'

export type RegistrationPayload = ContactPayload &
  MarksPayload & {
    name?: string
    referralCode?: string
    birthday?: string
    telegramId?: string | number
    locale?: string
  }

export function readRegistration(payload: RegistrationPayload, rules: ReadingRules): Reading<Registration> {
  const sheet = errorSheet()
  const reading = contactIn(payload, rules, sheet)
  const birthday = readBirthday(payload.birthday, sheet)
  const telegramId = readTelegramId(payload.telegramId, sheet)
  const locale = readLocale(payload.locale, sheet)
  return forSomebody(reading, sheet, {}, rules, (contact) => ({
    kind: 'register',
    contact,
    name: printableUpTo(MAX_NAME, payload.name),
    birthday,
    telegramId,
    locale,
    referralCode: printableUpTo(MAX_CODE, payload.referralCode),
    utm: marksIn(payload),
  }))
}

function readBirthday(value: string | undefined, sheet: ErrorSheet): string | undefined {
  const birthday = printable(value)
  if (birthday === undefined || isRealDate(birthday)) return birthday
  sheet.add('/birthday', 'invalid-date', 'A birthday is a real date since 1900, as YYYY-MM-DD.')
  return undefined
}

function isRealDate(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? []
  return year >= 1900 && new Date(Date.UTC(year, month - 1, day)).toISOString().startsWith(text)
}

function readTelegramId(value: string | number | undefined, sheet: ErrorSheet): string | undefined {
  const telegramId = printable(value)
  if (telegramId === undefined || /^[1-9]\d{0,15}$/.test(telegramId)) return telegramId
  sheet.add('/telegramId', 'invalid-telegram-id', 'A Telegram id is a whole number above zero.')
  return undefined
}

function readLocale(value: string | undefined, sheet: ErrorSheet): Registration['locale'] {
  const locale = printable(value)?.toLowerCase().split(/[-_]/)[0]
  if (locale === undefined || locale === 'ru' || locale === 'en' || locale === 'kk') return locale
  sheet.add('/locale', 'invalid-locale', 'A locale is ru, en or kk.')
  return undefined
}
