import { h } from './element.ts'

const LINK = /\bhttps?:\/\/[^\s<>"]+|\bwww\.[^\s<>"]+\.[^\s<>"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi
const TRAILING = /[.,:;!?»”’)\]]+$/

/** An address that may be opened: of the web, and no script. */
export const webAddress = (address: string): string | undefined =>
  /^https?:\/\//i.test(address) ? address : undefined

/** A text in pieces: what is written is text, and addresses in it are links. */
export function linkText(text: string): (string | HTMLAnchorElement)[] {
  const pieces: (string | HTMLAnchorElement)[] = []
  let from = 0
  for (const match of text.matchAll(LINK)) {
    const found = trimmed(match[0])
    pieces.push(text.slice(from, match.index), link(found))
    from = match.index + found.length
  }
  pieces.push(text.slice(from))
  return pieces.filter((piece) => piece !== '')
}

/** What ends a sentence does not end an address; a bracket that the address opened does. */
function trimmed(address: string): string {
  const end = TRAILING.exec(address)?.[0] ?? ''
  const kept = end.startsWith(')') && address.includes('(') ? 1 : 0
  return end === '' ? address : address.slice(0, address.length - end.length + kept)
}

function link(address: string): HTMLAnchorElement {
  if (address.includes('@') && !address.includes('/')) return h('a', { href: `mailto:${address}` }, address)
  const href = /^https?:/i.test(address) ? address : `https://${address}`
  return h('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow ugc' }, address)
}
