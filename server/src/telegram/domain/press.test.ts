import { expect, it } from 'vitest'
import { readPress, writePress, type Press } from './press.ts'

const TICKET = 'tic_01ARZ3NDEKTSV4RRFFQ69G5FAV'
const PRESSES: Press[] = [
  { kind: 'language', locale: 'kk' },
  { kind: 'marketing', wanted: false },
  { kind: 'unlink-sure' },
  { kind: 'delete-certain' },
  { kind: 'new', topic: null },
  { kind: 'new', topic: 'a'.repeat(40) },
  { kind: 'requests', before: null },
  { kind: 'requests', before: TICKET },
  { kind: 'switch', ticketId: TICKET },
  { kind: 'take', ticketId: TICKET },
  { kind: 'skip', ticketId: TICKET },
  { kind: 'rate', ticketId: TICKET, score: 5 },
  { kind: 'confirm', holdId: 'hld_01ARZ3NDEKTSV4RRFFQ69G5FAV' },
  { kind: 'link', linkId: 'lnk_01ARZ3NDEKTSV4RRFFQ69G5FAV', yes: true },
  { kind: 'site', linkId: 'lnk_01ARZ3NDEKTSV4RRFFQ69G5FAV', yes: false },
  { kind: 'relink', yes: true },
  { kind: 'history', before: '1234567890' },
]

it.each(PRESSES)('a button says what it means: $kind', (press) => {
  const data = writePress(press)
  expect(readPress(data)).toEqual(press)
  expect(new TextEncoder().encode(data).length).toBeLessThanOrEqual(64)
})

it.each(['', 'x', 'rt:tic_1:6', 'rt:tic_1', 'sw:', 'sw:tic_1:2', 'toString', 'zz:1', '__proto__:1'])(
  'what no button of ours says means nothing: %j',
  (data) => expect(readPress(data)).toBeUndefined(),
)
