type Colour = readonly [number, number, number]

/** What WCAG 2.2 AA asks of text. */
const TEXT = 4.5
/** Under that, white on the colour would take so much darkening that it would be another colour. */
const WHITE_WORTH = 2.6
const STEPS = 40

const WHITE: Colour = [255, 255, 255]
const BLACK: Colour = [0, 0, 0]
const INK: Colour = [16, 20, 24]

const read = (hex: string): Colour => {
  const number = parseInt(hex.slice(1), 16)
  return [number >> 16, (number >> 8) & 255, number & 255]
}
const write = (colour: Colour): string =>
  `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

function ratio(one: Colour, other: Colour): number {
  const [first, second] = [luminance(one) + 0.05, luminance(other) + 0.05]
  return first > second ? first / second : second / first
}

/** The colour itself, or the nearest one towards `end` that can be read on or under `other`. */
function towards(colour: Colour, end: Colour, other: Colour): Colour {
  for (let step = 0; step < STEPS; step++) {
    const mixed = colour.map((part, index) =>
      Math.round(part + ((end[index]! - part) * step) / STEPS),
    ) as unknown as Colour
    if (ratio(mixed, other) >= TEXT) return mixed
  }
  return end
}

/** How the merchant's colour can be used. */
export interface Palette {
  /** A surface in the colour. */
  accent: string
  /** Text on it. */
  onAccent: string
  /** Text and icons in the colour on a light surface. */
  onLight: string
  /** The same on a dark one. */
  onDark: string
}

/** Text at 4.5:1 whatever colour the merchant has: it is darkened or lightened as far as that takes. */
export function paletteOf(hex: string, light = '#f3f5f8', dark = '#262d38'): Palette {
  const colour = read(hex)
  const white = ratio(colour, WHITE) >= WHITE_WORTH
  const accent = white ? towards(colour, BLACK, WHITE) : towards(colour, WHITE, INK)
  return {
    accent: write(accent),
    onAccent: write(white ? WHITE : INK),
    onLight: write(towards(colour, BLACK, read(light))),
    onDark: write(towards(colour, WHITE, read(dark))),
  }
}

/** The contrast of two colours, from 1 to 21. */
export const contrastOf = (one: string, other: string): number => ratio(read(one), read(other))
