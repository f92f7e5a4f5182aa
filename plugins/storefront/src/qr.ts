// ISO/IEC 18004, as little of it as an address of Telegram needs: bytes, level L, versions 1 to 6, one mask.
const DATA_CODEWORDS = [19, 34, 55, 80, 108, 136]
const CHECK_CODEWORDS = [7, 10, 15, 20, 26, 18]
const BLOCKS = [1, 1, 1, 1, 1, 2]
/** Level L with mask 0, with its own check bits. */
const FORMAT = 0b111011111000100

const LOG = new Uint8Array(256)
const POWER = new Uint8Array(256)
for (let exponent = 0, value = 1; exponent < 255; exponent++) {
  POWER[exponent] = value
  LOG[value] = exponent
  value = value < 128 ? value << 1 : (value << 1) ^ 0x11d
}
const times = (a: number, b: number) => (a && b ? POWER[(LOG[a]! + LOG[b]!) % 255]! : 0)

function checkOf(data: Uint8Array, length: number): Uint8Array {
  const divisor = new Uint8Array(length)
  divisor[length - 1] = 1
  for (let root = 0; root < length; root++)
    for (let at = 0; at < length; at++)
      divisor[at] = times(divisor[at]!, POWER[root]!) ^ (at + 1 < length ? divisor[at + 1]! : 0)
  const rest = new Uint8Array(length)
  for (const byte of data) {
    const factor = byte ^ rest[0]!
    rest.copyWithin(0, 1)
    rest[length - 1] = 0
    for (let at = 0; at < length; at++) rest[at]! ^= times(divisor[at]!, factor)
  }
  return rest
}

/** Length and text behind the mode of bytes, filled up. */
function dataOf(text: Uint8Array, length: number): Uint8Array {
  const data = new Uint8Array(length)
  data[0] = 0x40
  const said = Uint8Array.of(text.length, ...text)
  said.forEach((byte, at) => {
    data[at]! |= byte >> 4
    data[at + 1] = (byte & 15) << 4
  })
  for (let at = said.length + 1; at < length; at++) data[at] = (at - said.length) % 2 ? 0xec : 0x11
  return data
}

function codewordsOf(text: Uint8Array, version: number): number[] {
  const data = dataOf(text, DATA_CODEWORDS[version]!)
  const each = data.length / BLOCKS[version]!
  const blocks = Array.from({ length: BLOCKS[version]! }, (_, block) =>
    data.subarray(block * each, (block + 1) * each),
  )
  const checks = blocks.map((block) => checkOf(block, CHECK_CODEWORDS[version]!))
  const woven = (parts: Uint8Array[]) =>
    Array.from({ length: parts[0]!.length * parts.length }, (_, at) => {
      return parts[at % parts.length]![Math.floor(at / parts.length)]!
    })
  return [...woven(blocks), ...woven(checks)]
}

/** The rows of the QR code of up to 134 bytes, true where it is dark; no rows for what is longer. */
export function qrOf(text: string): boolean[][] {
  const bytes = new TextEncoder().encode(text)
  const version = DATA_CODEWORDS.findIndex((room) => bytes.length + 2 <= room)
  if (version < 0) return []
  const size = 21 + version * 4
  const rows: boolean[][] = Array.from({ length: size }, () => [])
  const set = (x: number, y: number, dark: boolean) => {
    if (rows[y] && x >= 0 && x < size) rows[y][x] = dark
  }
  const square = (middleX: number, middleY: number, reach: number, light: number[]) => {
    for (let y = -reach; y <= reach; y++)
      for (let x = -reach; x <= reach; x++)
        set(middleX + x, middleY + y, !light.includes(Math.max(Math.abs(x), Math.abs(y))))
  }

  for (let at = 8; at < size - 8; at++) {
    set(at, 6, at % 2 === 0)
    set(6, at, at % 2 === 0)
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ])
    square(x!, y!, 4, [2, 4])
  if (version > 0) square(size - 7, size - 7, 2, [1])

  for (let bit = 0; bit < 15; bit++) {
    const dark = ((FORMAT >> bit) & 1) === 1
    const beside = bit < 6 ? bit : bit < 8 ? bit + 1 : size - 15 + bit
    const above = bit < 8 ? size - 1 - bit : bit === 8 ? 7 : 14 - bit
    set(8, beside, dark)
    set(above, 8, dark)
  }
  set(8, size - 8, true)

  const codewords = codewordsOf(bytes, version)
  let bit = 0
  // Two columns at a time from the right, up and down in turn, around the column of the timing pattern.
  for (let right = size - 1, upwards = true; right > 0; right -= 2, upwards = !upwards) {
    if (right === 6) right--
    for (let step = 0; step < size; step++)
      for (const x of [right, right - 1]) {
        const y = upwards ? size - 1 - step : step
        if (rows[y]![x] !== undefined) continue
        const dark = (((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
        bit++
        rows[y]![x] = dark !== ((x + y) % 2 === 0)
      }
  }
  return rows
}
