const ESCAPED = /\\u([\da-fA-F]{4})/g
const PERCENT = /(?:%[\da-fA-F]{2})+/g
// National forms leave out the country and may put a 0 or 8 before the rest.
const PHONE_TAIL = 9
const SEPARATORS = /[\s\-‑–—().+]/g

/** Does a raw body, in whatever form it was sent, name one of these contacts? An external id is too short to be sure of. */
export function mentions(body: string, contacts: readonly string[]): boolean {
  const text = readable(body)
  const digits = text.replace(SEPARATORS, '')
  const numbers = new Set(text.match(/\d+/g))
  return contacts.some((contact) => {
    const colon = contact.indexOf(':')
    const [kind, value] = [contact.slice(0, colon), contact.slice(colon + 1)]
    if (kind === 'email') return text.includes(value)
    if (kind === 'phone') return digits.includes(value.slice(-PHONE_TAIL))
    return kind === 'telegramId' && numbers.has(value)
  })
}

/** Forms and JSON undone as far as contacts need it, in lower case. */
function readable(body: string): string {
  return body
    .replace(ESCAPED, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    .replace(PERCENT, decoded)
    .replace(/\p{Cf}/gu, '')
    .normalize('NFC')
    .toLowerCase()
}

function decoded(run: string): string {
  try {
    return decodeURIComponent(run)
  } catch {
    return run
  }
}
