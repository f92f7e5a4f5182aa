import { isRefusal } from '../../kernel/refusal.ts'
import type { Contact } from './command.ts'
import { contactError, identifying, MAX_EXTERNAL_ID, parseEmail, typedPhone } from './contact.ts'
import { errorSheet, refusalOf, type ErrorSheet } from './error-sheet.ts'
import type { ReadingError, ReadingRefusal, ReadingRules } from './reading.ts'
import { known, printable } from './text.ts'

export type ContactPayload = { email?: string; phone?: string; externalId?: string | number }

/** `named`: somebody was named, rightly or wrongly. */
export type ContactReading = { contact: Contact; named: boolean }

const MISSING: readonly ReadingError[] = [
  contactError('/email', 'contact-missing'),
  contactError('/phone', 'contact-missing'),
]

/** Somebody who is known by it, or a refusal that says what is wrong with each contact. */
export function readContact(payload: ContactPayload, rules: ReadingRules): Contact | ReadingRefusal {
  const sheet = errorSheet()
  return forSomebody(contactIn(payload, rules, sheet), sheet, {}, rules, (contact) => contact)
}

export function contactIn(payload: ContactPayload, rules: ReadingRules, sheet: ErrorSheet): ContactReading {
  const [email, phone, externalId] = [payload.email, payload.phone, payload.externalId].map(printable)
  const contact = known<Contact>({
    email: email === undefined ? undefined : parseEmail(email),
    phone: phone === undefined ? undefined : parsePhone(phone, rules),
    externalId: externalId !== undefined && externalId.length <= MAX_EXTERNAL_ID ? externalId : undefined,
  })
  if (email !== undefined && !contact.email) sheet.errors.push(contactError('/email', 'invalid-email'))
  if (phone !== undefined && !contact.phone) sheet.errors.push(contactError('/phone', 'invalid-phone'))
  if (externalId !== undefined && !contact.externalId)
    sheet.add('/externalId', 'too-long', `An external id has at most ${MAX_EXTERNAL_ID} characters.`)
  return { contact, named: [email, phone, externalId].some((given) => given !== undefined) }
}

/** What is read for a customer: only what is without errors is asked who that is. */
export function forSomebody<Read extends object>(
  { contact, named }: ContactReading,
  sheet: ErrorSheet,
  { currency }: { currency?: string | null },
  rules: ReadingRules,
  read: (contact: Contact) => Read,
): Read | ReadingRefusal {
  const refusal = refusalOf(sheet, currency, rules, named ? [] : MISSING)
  if (refusal !== undefined) return refusal
  const identified = identifying(contact, rules.blocklist)
  if (!isRefusal(identified)) return known(read(identified))
  const blocked = Object.keys(contact).map((kind) => contactError(`/${kind}`, 'contact-blocked'))
  return { ...identified, errors: named ? blocked : [...MISSING] }
}

function parsePhone(phone: string, rules: ReadingRules): string | undefined {
  const typed = typedPhone(phone)
  return typed === undefined ? undefined : rules.parsePhone(typed, rules.defaultCountry)
}
