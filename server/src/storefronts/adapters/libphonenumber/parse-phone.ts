import { getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js'
import type { CountryCode } from 'libphonenumber-js'

const MAX_LENGTH = 60

/**
 * E.164, or undefined when it is no valid number. One without a plus is read as written in `defaultCountry`, in
 * either habit: "8 (900) 123-45-67" and "7 900 123-45-67". Extensions are dropped. Never throws.
 */
export function parsePhone(raw: string, defaultCountry: string): string | undefined {
  const written = raw.length > MAX_LENGTH ? '' : raw.trim()
  const country = defaultCountry.toUpperCase()
  if (written === '') return undefined
  if (!isSupportedCountry(country)) return valid(written)
  // libphonenumber takes a leading 7 for a country code in RU but for an area in KZ, where it may be either.
  const withoutPlus = written.replace(/^[^\p{Nd}+]*/u, '')
  const callingCode = withoutPlus.startsWith(getCountryCallingCode(country))
  return valid(written, country) ?? (callingCode ? valid(`+${withoutPlus}`) : undefined)
}

function valid(written: string, defaultCountry?: CountryCode): string | undefined {
  const phone = parsePhoneNumberFromString(written, { defaultCountry, extract: false })
  return phone?.isValid() ? phone.number : undefined
}
