const MOST_BYTES = 255
const MOST_EXTENSION_BYTES = 24
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i
const FALLBACK = 'file'

/** A name that is safe in every file system and shows what it is: letters of any script stay, what would hide or lead elsewhere goes. */
export function safeFileName(given: string): string {
  const last = given
    .normalize('NFC')
    // Controls, lone surrogates, line separators; and format marks such as those that turn the reading direction, but not joiners.
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu, '')
    .split(/[/\\]/)
    .findLast((part) => trimEdges(part) !== '')
  const name = trimEdges((last ?? '').replace(/[<>:"|?*]/g, '_').replace(/\s+/gu, ' '))
  const { stem, extension } = partsOf(name)
  const free = RESERVED.test(name.split('.', 1)[0]!.trim()) ? `_${stem}` : stem
  const kept = trimEdges(cut(free, MOST_BYTES - bytesOf(extension)))
  return kept === '' ? FALLBACK + extension : kept + extension
}

/** In small letters, without its dot; empty when there is none. */
export function extensionOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

function partsOf(name: string): { stem: string; extension: string } {
  const at = name.lastIndexOf('.')
  const extension = at > 0 ? name.slice(at) : ''
  return bytesOf(extension) > MOST_EXTENSION_BYTES
    ? { stem: name, extension: '' }
    : { stem: name.slice(0, name.length - extension.length), extension }
}

function trimEdges(text: string): string {
  return text.replace(/^[\s.\u200c\u200d]+|[\s.\u200c\u200d]+$/gu, '')
}

/** Between characters, never within one. */
function cut(text: string, mostBytes: number): string {
  let bytes = 0
  let kept = ''
  for (const character of text) {
    bytes += bytesOf(character)
    if (bytes > mostBytes) break
    kept += character
  }
  return kept
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length
}
