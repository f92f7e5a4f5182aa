import { expect, it } from 'vitest'
import { printable, shortTime, table } from './table.ts'

it('columns are as wide as their longest cell, and what is not there is a dash', () => {
  const rows = [
    ['evt_1', 'заказ', 0],
    ['evt_22', null, undefined],
  ]
  expect(table(['id', 'order', 'n'], rows)).toBe('ID      ORDER  N\nevt_1   заказ  0\nevt_22  -      -')
})

it('what a stranger wrote cannot steer the terminal', () => {
  expect(printable('a\u001b[31mb\r\nc\u009b2Jd\u202ee')).toBe('a\ufffd[31mb\ufffd\ufffdc\ufffd2Jd\ufffde')
  expect(table(['order'], [['\u001b[2J']])).not.toContain('\u001b')
  expect(printable('Заказ № 7, ½ – 🎁')).toBe('Заказ № 7, ½ – 🎁')
})

it('an instant is shown to the second', () => {
  expect(shortTime('2026-03-01T10:00:00.123Z')).toBe('2026-03-01T10:00:00Z')
  expect(shortTime(null)).toBeNull()
})
