import { refuse, type Refusal } from '../../kernel/refusal.ts'
import type { Contact } from './command.ts'
import type { ReadingError } from './reading.ts'
import { known } from './text.ts'

export const MAX_EXTERNAL_ID = 200
const MAX_EMAIL = 254
const MAX_PHONE = 60
const EMAIL =
  /^[^\s@<>()[\],;:"\\]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u

export type ContactKind = keyof Contact

/** Lower case, composed, without invisible characters; undefined when it cannot be an address. */
export function parseEmail(raw: string): string | undefined {
  if (raw.length > MAX_EMAIL * 2) return undefined
  const email = raw
    .replace(/\p{Cf}/gu, '')
    .trim()
    .normalize('NFC')
    .toLowerCase()
  return email.length <= MAX_EMAIL && EMAIL.test(email) ? email : undefined
}

/** What is typed in front of a parser of phones: bounded, without invisible characters. */
export function typedPhone(raw: string): string | undefined {
  const typed = raw
    .slice(0, MAX_PHONE + 1)
    .replace(/\p{Cf}/gu, '')
    .trim()
  return typed === '' || typed.length > MAX_PHONE ? undefined : typed
}

/** The contacts that identify somebody; a refusal when there are none, or all of them are bogus. */
export function identifying(
  contact: Contact,
  blocklist: ReadonlySet<string>,
): Contact | Refusal<'contact-required' | 'contact-blocked'> {
  const given = Object.entries(known(contact))
  const usable = given.filter(([, value]) => !blocklist.has(value))
  if (usable.length > 0) return Object.fromEntries(usable)
  return refuse(given.length === 0 ? 'contact-required' : 'contact-blocked')
}

const SENTENCES = {
  'contact-missing': 'An e-mail address, a phone number or an external id is required.',
  'invalid-email': 'This is no e-mail address.',
  'invalid-phone': 'This is no phone number.',
  'contact-blocked': 'This contact is on the blocklist: it identifies nobody.',
} as const

export function contactError(pointer: string, code: keyof typeof SENTENCES): ReadingError {
  return { pointer, code, message: SENTENCES[code] }
}
