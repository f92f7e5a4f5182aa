const EMAIL = /([\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]*((?:@|%40)[\p{L}\p{N}.-]+)/gu
const PHONE = /(?<![\p{L}\p{N}_.])(\+?\d{1,2})([\s\-()+]*\d){7,12}(?![\p{L}\p{N}_.])/gu

/** What people may see of a body: enough to recognise a contact, too little to use it. */
export function maskContacts(body: string): string {
  return body.replace(EMAIL, '$1***$2').replace(PHONE, (found, start: string) => `${start}***${found.slice(-2)}`)
}
