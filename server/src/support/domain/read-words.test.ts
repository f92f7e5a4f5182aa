import { describe, expect, it } from 'vitest'
import { LOCALES } from '../../kernel/locale.ts'
import { REPLY_KEYS, replyIn } from './agent-replies.ts'
import { fillTemplate } from './fill-template.ts'
import { readSnooze } from './read-snooze.ts'
import { readWords } from './read-words.ts'

const answers = { notePrefixes: ['//', '!', '#'], commentsAre: 'answers' as const }

it.each([
  ['Hello', { kind: 'answer', markdown: 'Hello' }],
  ['  **Hello**\nthere ', { kind: 'answer', markdown: '**Hello**\nthere' }],
  ['// he is angry', { kind: 'note', markdown: 'he is angry' }],
  ['! he is angry', { kind: 'note', markdown: 'he is angry' }],
  ['#vip', { kind: 'note', markdown: 'vip' }],
  ['/etc/passwd is a file', { kind: 'answer', markdown: '/etc/passwd is a file' }],
  ['/1 of it', { kind: 'answer', markdown: '/1 of it' }],
  ['/', { kind: 'answer', markdown: '/' }],
  ['/tmp', { kind: 'unknown', name: 'tmp' }],
  ['/взять', { kind: 'unknown', name: 'взять' }],
  ['/bonus 500 late\ndelivery', { kind: 'command', name: 'bonus', rest: '500 late\ndelivery' }],
  ['/TAKE', { kind: 'command', name: 'take', rest: '' }],
  ['please /take it', { kind: 'answer', markdown: 'please /take it' }],
])('%j is %j', (text, words) => expect(readWords(text, answers)).toEqual(words))

it.each([
  ['Hello', { kind: 'note', markdown: 'Hello' }],
  ['>> Hello', { kind: 'answer', markdown: 'Hello' }],
  ['/close', { kind: 'command', name: 'close', rest: '' }],
  ['// x', { kind: 'note', markdown: 'x' }],
])('where comments are notes, %j is %j', (text, words) =>
  expect(readWords(text, { notePrefixes: ['!'], commentsAre: 'notes' })).toEqual(words),
)

describe('until when', () => {
  const now = Date.parse('2026-03-02T10:00:00Z')
  it.each([
    ['2d', '2026-03-04T10:00:00.000Z'],
    ['3h', '2026-03-02T13:00:00.000Z'],
    ['30m', '2026-03-02T10:30:00.000Z'],
    ['1w', '2026-03-09T10:00:00.000Z'],
    ['2 д', '2026-03-04T10:00:00.000Z'],
    ['2026-12-01', '2026-12-01T04:00:00.000Z'],
    ['2026-12-01 15:30', '2026-12-01T10:30:00.000Z'],
  ])('%s', (text, until) => expect(readSnooze(text, now, 'Asia/Almaty')?.toISOString()).toBe(until))
  it.each(['', 'soon', '0d', '2026-03-01', '2026-02-31', '99999d', '2026-12-01 25:00', '-2d'])(
    'not %j',
    (text) => expect(readSnooze(text, now, 'Asia/Almaty')).toBeUndefined(),
  )
})

it.each([
  ['Hello, {name}! You have {balance}.', { name: 'Anna', balance: '10.00' }, 'Hello, Anna! You have 10.00.'],
  ['Hello, {name}!', { name: '' }, 'Hello!'],
  ['{name}, hello', { name: null }, 'hello'],
  ['{tier} {unknown} {constructor}', {}, '— {unknown} {constructor}'],
  ['Dear {name}', { name: '[*Anna*](http://x)' }, 'Dear Anna(http://x)'],
  ['{referral_link}', { referral_link: 'https://a.b/?r=A_B' }, 'https://a.b/?r=A_B'],
  ['{name} {name}', { name: '{balance}', balance: '1' }, '{balance} {balance}'],
])('%j with %j is %j', (text, values, filled) => expect(fillTemplate(text, values)).toBe(filled))

it.each(LOCALES)('no reply leaves a place open in %s', (locale) => {
  const all = [
    'prefixes',
    'command',
    'help',
    'example',
    'number',
    'agent',
    'name',
    'agents',
    'priority',
    'until',
  ]
  const more = ['templates', 'amount', 'available', 'most', 'left', 'code']
  const values = Object.fromEntries([...all, ...more].map((name) => [name, 'x']))
  for (const key of REPLY_KEYS) expect(replyIn(locale)(key, values), key).not.toMatch(/[{}]|undefined/)
})
