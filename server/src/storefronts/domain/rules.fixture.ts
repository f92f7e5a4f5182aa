import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { CountryCode } from 'libphonenumber-js'
import type { ReadingRefusal, ReadingRules } from './reading.ts'

/** A shop in roubles whose blocklist knows one contact of each kind. */
export const rules: ReadingRules = {
  currency: 'RUB',
  defaultCountry: 'RU',
  fieldMap: { email: 'name' },
  blocklist: new Set(['no@mail.ru', '+79999999999', 'anonymous']),
  parsePhone: (raw, country) => {
    const phone = parsePhoneNumberFromString(raw, { defaultCountry: country as CountryCode, extract: false })
    return phone?.isValid() ? phone.number : undefined
  },
}

export const errorsOf = (reading: object) =>
  (reading as ReadingRefusal).errors?.map(({ pointer, code }) => `${pointer} ${code}`)
