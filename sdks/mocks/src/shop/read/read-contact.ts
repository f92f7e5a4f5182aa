import { invalid, refuse, type Refusal } from '../refusal.ts'
import { known, type Contact } from './command.ts'
import type { ErrorSheet } from './error-sheet.ts'
import { printable } from './text.ts'

export type SaidContact = { email?: unknown; phone?: unknown; externalId?: unknown }

const EMAIL =
  /^[^\s@<>()[\],;:"\\]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u
const MISSING = 'An e-mail address, a phone number or an external id is required.'

/** Somebody, or what is wrong with each contact. */
export function readContact(said: SaidContact): Contact | Refusal {
  const sheet: ErrorSheet = []
  const { contact, named } = contactIn(said, sheet)
  return nobody(sheet, named) ?? (Object.keys(contact).length > 0 ? contact : refuse('contact-required'))
}

export function contactIn(said: SaidContact, sheet: ErrorSheet): { contact: Contact; named: boolean } {
  const [email, phone, externalId] = [said.email, said.phone, said.externalId].map(printable)
  const contact = known<Contact>({
    ...(email !== undefined && { email: parseEmail(email) }),
    ...(phone !== undefined && { phone: parsePhone(phone) }),
    ...(externalId !== undefined && externalId.length <= 200 && { externalId }),
  })
  const wrong = (pointer: string, code: string, message: string) => sheet.push({ pointer, code, message })
  if (email !== undefined && !contact.email) wrong('/email', 'invalid-email', 'This is no e-mail address.')
  if (phone !== undefined && !contact.phone) wrong('/phone', 'invalid-phone', 'This is no phone number.')
  if (externalId !== undefined && !contact.externalId)
    wrong('/externalId', 'too-long', 'An external id has at most 200 characters.')
  return { contact, named: [email, phone, externalId].some((given) => given !== undefined) }
}

/** Everything that is wrong, that nobody is named with it; undefined when nothing is. */
export function nobody(sheet: ErrorSheet, named: boolean): Refusal | undefined {
  if (sheet.length === 0) return undefined
  const missing = ['/email', '/phone'].map((pointer) => ({
    pointer,
    code: 'contact-missing',
    message: MISSING,
  }))
  return invalid(...sheet, ...(named ? [] : missing))
}

export function parseEmail(raw: string): string | undefined {
  const email = raw.replace(/\p{Cf}/gu, '').trim().normalize('NFC').toLowerCase() // prettier-ignore
  return email.length <= 254 && EMAIL.test(email) ? email : undefined
}

/** E.164 by the habits of +7; the numbering plans of the countries are not looked at. */
export function parsePhone(raw: string): string | undefined {
  const digits = raw.replace(/\D/g, '')
  if (/[^\d\s()+.-]/.test(raw) || digits.length < 10 || digits.length > 15) return undefined
  if (raw.trim().startsWith('+')) return `+${digits}`
  if (digits.length === 10) return `+7${digits}`
  return `+${digits.replace(/^8(?=\d{10}$)/, '7')}`
}
