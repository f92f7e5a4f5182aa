import { expect, it } from 'vitest'
import { csv } from './csv.ts'

it('is read as UTF-8, line by line', () => {
  expect(
    csv(
      ['a', 'b'],
      [
        ['Где заказ?', 1.5],
        [null, true],
      ],
    ),
  ).toBe('\ufeffa,b\r\nГде заказ?,1.5\r\n,true\r\n')
})

it.each([
  ['a,b', '"a,b"'],
  ['say "yes"', '"say ""yes"""'],
  ['two\nlines', '"two\nlines"'],
  [' kept ', '" kept "'],
  ['=1+1', "'=1+1"],
  ['+7 701', "'+7 701"],
  ['-5', "'-5"],
  ['@sum(a1)', "'@sum(a1)"],
  ['  =cmd|x', `"'  =cmd|x"`.replace(/"/g, '')],
  ['\t=1', `'\t=1`],
  ['=a,"b"', `"'=a,""b"""`],
])('%j stands there as %j', (text, cell) => {
  expect(csv([], [[text]])).toBe(`\ufeff\r\n${cell}\r\n`)
})
