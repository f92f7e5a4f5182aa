import { encode } from 'uqr'
import { expect, it } from 'vitest'
import { qrOf } from './qr.ts'

it.each([1, 17, 18, 32, 33, 53, 54, 78, 79, 106, 107, 134])(
  'draws %i bytes as the standard says',
  (length) => {
    const text = 'https://t.me/bot?start=l_'.padEnd(length, 'Жq7').slice(0, length)
    const bytes = new TextEncoder().encode(text)
    const fit = new TextDecoder().decode(bytes.slice(0, length)).replace(/\ufffd/g, 'x')
    const { data } = encode([...new TextEncoder().encode(fit)], {
      ecc: 'L',
      maskPattern: 0,
      border: 0,
      boostEcc: false,
    })
    expect(qrOf(fit)).toEqual(data)
  },
)

it('draws nothing of what is too long for a camera across a desk', () => {
  expect(qrOf('a'.repeat(135))).toEqual([])
})
