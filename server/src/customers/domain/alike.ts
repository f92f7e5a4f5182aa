/** What two customers may have in common. */
export type Person = {
  id: string
  emails: string[]
  phones: string[]
  telegramId: string | null
  name: string | null
  birthday: string | null
}

/** Do two customers look like one person? Made to be hard to slip past, so it may be wrong about twins of one name. */
export function looksAlike(one: Person, other: Person): boolean {
  return (
    one.id === other.id ||
    haveCommon(one.emails.map(foldEmail), other.emails.map(foldEmail)) ||
    haveCommon(one.phones, other.phones) ||
    (one.telegramId !== null && one.telegramId === other.telegramId) ||
    (one.birthday !== null &&
      one.birthday === other.birthday &&
      one.name !== null &&
      other.name !== null &&
      foldName(one.name) === foldName(other.name))
  )
}

const GMAIL = new Set(['gmail.com', 'googlemail.com'])
const YANDEX = /^(?:ya\.ru|yandex\.(?:[a-z]{2,3}|com\.[a-z]{2}|co\.[a-z]{2}))$/

/** One text for all the ways to write an address of one mailbox: of the providers' rules those that are used to pretend. */
export function foldEmail(email: string): string {
  const at = email.lastIndexOf('@')
  const domain = email.slice(at + 1).toLowerCase()
  const written = email.slice(0, at).toLowerCase()
  const untagged = written.replace(/(?<=.)\+.*$/, '')
  if (GMAIL.has(domain)) return `${untagged.replaceAll('.', '')}@gmail.com`
  if (YANDEX.test(domain)) return `${untagged.replaceAll('.', '-')}@ya.ru`
  return `${untagged}@${domain}`
}

function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase().replaceAll('ё', 'е').trim().replace(/\s+/g, ' ')
}

function haveCommon(some: string[], others: string[]): boolean {
  return some.some((value) => others.includes(value))
}
