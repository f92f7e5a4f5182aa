import { expect, it } from 'vitest'
import { contentDisposition } from './content-disposition.ts'

it.each([
  ['photo.png', true, `inline; filename="photo.png"; filename*=UTF-8''photo.png`],
  [
    'Счёт 5.pdf',
    false,
    `attachment; filename="____ 5.pdf"; filename*=UTF-8''%D0%A1%D1%87%D1%91%D1%82%205.pdf`,
  ],
  [
    `a"b'c(1)*%.txt`,
    false,
    `attachment; filename="a_b'c(1)*_.txt"; filename*=UTF-8''a%22b%27c%281%29%2A%25.txt`,
  ],
])('%s', (name, shown, header) => {
  expect(contentDisposition(name, shown)).toBe(header)
})
