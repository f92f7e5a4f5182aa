const EMAIL =
  /(?<![\p{L}\p{N}._%+-])([\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]*((?:@|%40|\\u0040)[\p{L}\p{N}.%-]+)/gu
// Blanks, dashes, dots and brackets as they are, percent-encoded in a form, or escaped in JSON.
const BETWEEN = String.raw`(?:[\s\-‑–—()+.]|%(?:20|28|29|2[bB]|2[dD]|[cC]2|[aA]0)|\\u00(?:20|28|29|2[bB]|2[dD]|[aA]0))`
const BEFORE = String.raw`(?:(?<![\p{L}\p{N}_.])|(?<=%[\da-fA-F]{2})|(?<=\\u[\da-fA-F]{4}))`
const PHONE = new RegExp(`${BEFORE}(\\+?\\d{1,2})(?:${BETWEEN}{0,8}\\d){7,}`, 'gu')
const DECIMAL = /^\d+\.\d{1,6}$/

/** What people may see of a body: enough to recognise a contact, too little to use it. A long number may be a phone, so it is masked too. */
export function maskContacts(body: string): string {
  return body
    .replace(EMAIL, '$1***$2')
    .replace(PHONE, (found, start: string) => (DECIMAL.test(found) ? found : `${start}***${found.slice(-2)}`))
}
