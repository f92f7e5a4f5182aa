import { expect, it } from 'vitest'
import { paceChats } from './pace-chats.ts'

it('lets a short burst into a chat, then makes it wait, and keeps nobody else from the bot', () => {
  let now = 1_000_000
  const pace = paceChats(() => now)
  expect([1, 2, 3].map(() => pace.turn('1', '42'))).toEqual([0, 0, 0])
  now += 100
  for (let waiting = 0; waiting < 50; waiting++) expect(pace.turn('1', '42')).toBe(3_000)
  expect(pace.turn('1', '43')).toBe(0)
  now += 3_000
  expect(pace.turn('1', '42')).toBe(0)
})

it('never says more than a group or a bot may within their time', () => {
  let now = 1_000_000
  const pace = paceChats(() => now)
  const said: number[] = []
  for (; said.length < 60; now += 50) if (pace.turn('1', '-100') === 0) said.push(now)
  for (let index = 20; index < said.length; index++)
    expect(said[index]! - said[index - 20]!).toBeGreaterThan(60_000)
  const together = Array.from({ length: 40 }, (_, chat) => pace.turn('2', String(chat))).filter(
    (waitMs) => waitMs === 0,
  )
  expect(together).toHaveLength(25)
})

it('is silent for as long as it was told', () => {
  let now = 1_000_000
  const pace = paceChats(() => now)
  pace.silence('1', '42', 7_000)
  expect(pace.turn('1', '42')).toBe(7_000)
  expect(pace.turn('1', '43')).toBe(0)
  pace.silence('1', '43', 5_000)
  expect(pace.turn('1', '44'), 'two chats at once: it was the limit of the bot').toBe(5_000)
  now += 7_000
  expect(pace.turn('1', '42')).toBe(0)
})
