// ISO/IEC 18004, as little of it as an address of Telegram needs: bytes, level L, versions 1 to 6, one mask.
// Loops alone: pages are met whose arrays have other methods than the language gave them.
const DATA_CODEWORDS = [19, 34, 55, 80, 108, 136]
const CHECK_CODEWORDS = [7, 10, 15, 20, 26, 18]
/** Level L with mask 0, with its own check bits. */
const FORMAT = 0b111011111000100

/** In the field of 256 elements over x⁸ + x⁴ + x³ + x² + 1. */
function times(a: number, b: number): number {
  let product = 0
  for (; b; b >>= 1) {
    if (b & 1) product ^= a
    a = a < 128 ? a << 1 : (a << 1) ^ 0x11d
  }
  return product
}

function checkOf(data: Uint8Array, length: number): Uint8Array {
  const divisor = new Uint8Array(length + 1)
  divisor[length - 1] = 1
  for (let step = 0, root = 1; step < length; step++, root = times(root, 2))
    for (let at = 0; at < length; at++) divisor[at] = times(divisor[at]!, root) ^ divisor[at + 1]!
  const rest = new Uint8Array(length + 1)
  for (const byte of data) {
    const factor = byte ^ rest[0]!
    for (let at = 0; at < length; at++) rest[at] = rest[at + 1]! ^ times(divisor[at]!, factor)
  }
  return rest.subarray(0, length)
}

/** Length and text behind the mode of bytes, filled up. */
function dataOf(text: Uint8Array, length: number): Uint8Array {
  const data = new Uint8Array(length)
  data[0] = 0x40
  for (let at = 0; at <= text.length; at++) {
    const byte = at ? text[at - 1]! : text.length
    data[at]! |= byte >> 4
    data[at + 1] = (byte & 15) << 4
  }
  for (let at = text.length + 2; at < length; at++) data[at] = (at - text.length) % 2 ? 0x11 : 0xec
  return data
}

/** The blocks and then their checks, each woven byte by byte; only the last version has two. */
function codewordsOf(text: Uint8Array, version: number): number[] {
  const data = dataOf(text, DATA_CODEWORDS[version]!)
  const blocks = version < 5 ? [data] : [data.subarray(0, 68), data.subarray(68)]
  const woven: number[] = []
  const checks: Uint8Array[] = []
  for (const block of blocks) checks.push(checkOf(block, CHECK_CODEWORDS[version]!))
  for (const parts of [blocks, checks])
    for (let at = 0; at < parts[0]!.length; at++) for (const part of parts) woven.push(part[at]!)
  return woven
}

/** The rows of the QR code of up to 134 bytes, true where it is dark; no rows for what is longer. */
export function qrOf(text: string): boolean[][] {
  const bytes = new TextEncoder().encode(text)
  let version = 0
  while (DATA_CODEWORDS[version]! < bytes.length + 2) version++
  const rows: boolean[][] = []
  if (version > 5) return rows
  const size = 21 + version * 4
  for (let y = 0; y < size; y++) rows.push([])
  const square = (middleX: number, middleY: number, reach: number, light: number) => {
    for (let y = -reach; y <= reach; y++)
      for (let x = -reach; x <= reach; x++) {
        const ring = Math.max(Math.abs(x), Math.abs(y))
        const row = rows[middleY + y]
        const at = middleX + x
        if (row && at >= 0 && at < size) row[at] = ring !== light && ring < 4
      }
  }

  for (let at = 8; at < size - 8; at++) rows[6]![at] = rows[at]![6] = at % 2 === 0
  square(3, 3, 4, 2)
  square(size - 4, 3, 4, 2)
  square(3, size - 4, 4, 2)
  if (version) square(size - 7, size - 7, 2, 1)

  for (let bit = 0; bit < 15; bit++) {
    const dark = ((FORMAT >> bit) & 1) === 1
    rows[bit < 6 ? bit : bit < 8 ? bit + 1 : size - 15 + bit]![8] = dark
    rows[8]![bit < 8 ? size - 1 - bit : bit === 8 ? 7 : 14 - bit] = dark
  }
  rows[size - 8]![8] = true

  const codewords = codewordsOf(bytes, version)
  let bit = 0
  // Two columns at a time from the right, up and down in turn, around the column of the timing pattern.
  for (let right = size - 1, upwards = true; right > 0; right -= 2, upwards = !upwards) {
    if (right === 6) right--
    for (let step = 0; step < size * 2; step++) {
      const x = right - (step & 1)
      const y = upwards ? size - 1 - (step >> 1) : step >> 1
      const row = rows[y]!
      if (row[x] !== undefined) continue
      const dark = (codewords[bit >> 3]! >> (7 - (bit & 7))) & 1
      bit++
      row[x] = (dark === 1) !== ((x + y) % 2 === 0)
    }
  }
  return rows
}
