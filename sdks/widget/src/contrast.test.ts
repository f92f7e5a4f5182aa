import { expect, it } from 'vitest'
import { contrastOf, paletteOf } from './contrast.ts'

const COLOURS = ['#000000', '#ffffff', '#1f6feb', '#ffd400', '#00ff88', '#ff5a36', '#777777', '#808080', '#e6007e', '#c0ffee', '#2b2b2b'] // prettier-ignore

it.each(COLOURS)('text on and in %s can be read', (colour) => {
  const { accent, onAccent, onLight, onDark } = paletteOf(colour)
  expect(contrastOf(accent, onAccent)).toBeGreaterThanOrEqual(4.5)
  for (const light of ['#ffffff', '#f3f5f8']) expect(contrastOf(onLight, light)).toBeGreaterThanOrEqual(4.5)
  for (const dark of ['#171c24', '#262d38']) expect(contrastOf(onDark, dark)).toBeGreaterThanOrEqual(4.5)
})

it('a colour that can be read stays as it is', () => {
  expect(paletteOf('#1f6feb')).toMatchObject({ accent: '#1f6feb', onAccent: '#ffffff' })
  expect(paletteOf('#ffd400')).toMatchObject({ accent: '#ffd400', onAccent: '#101418' })
})

it('of a colour that is nearly dark enough white text stays white', () => {
  expect(paletteOf('#ff5a36').onAccent).toBe('#ffffff')
})
