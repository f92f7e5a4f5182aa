import { describe, expect, it } from 'vitest'
import { MESSAGE_TYPES, type MessageType } from './message-types.ts'
import { faultsOf, nameOf, routeOf } from './route.ts'

const STAGES = new Set(Object.values(MESSAGE_TYPES).flatMap(({ route }) => route.map(nameOf)))
const chat: MessageType = MESSAGE_TYPES.chat
const faults = (change: Partial<MessageType>) => faultsOf({ chat: { ...chat, ...change } }, STAGES)

describe('the table of message types', () => {
  it('is sound', () => expect(faultsOf(MESSAGE_TYPES, STAGES)).toEqual([]))

  it.each([
    [{ route: ['authorize', 'persist', 'vanish' as 'deliver'] }, 'there is no stage "vanish"'],
    [{ route: ['authorize', 'acknowledge', 'persist'] }, 'is durable and acknowledged before it is stored'],
    [{ route: ['authorize', 'acknowledge', 'deliver'] }, 'is durable and never stored'],
    [{ route: ['persist', 'deliver', 'deliver'] }, 'passes "deliver" twice'],
    [{ route: ['persist?', 'acknowledge'] }, '"persist" is not for a project to leave out'],
    [{ route: [] }, 'has no stages'],
    [{ buffer: undefined }, 'has no buffer policy'],
    [
      { buffer: { items: 10, bytes: 10, overflow: 'drop-oldest' } },
      'is durable and its buffer may drop (drop-oldest)',
    ],
    [{ buffer: { items: 0, bytes: 10, overflow: 'wait' } }, 'its buffer holds nothing'],
    [{ lines: 0 }, 'needs at least one line'],
    [{ cost: -1 }, 'cannot cost less than nothing'],
    [
      { delivery: 'latest-wins', buffer: { items: 9, bytes: 9, overflow: 'wait' } },
      'only its newest counts, so its buffer must be latest-by-key',
    ],
  ] satisfies [Partial<MessageType>, string][])('a bad line is told: %#', (change, fault) =>
    expect(faults(change)).toContain(`chat: ${fault}`),
  )
})

it('a project adds stages to a route or leaves them out', () => {
  expect([...routeOf(chat, { moderate: false, answer: false })]).toEqual(
    ['authorize', 'charge', 'persist', 'acknowledge', 'remember', 'deliver'],
  ) // prettier-ignore
  expect([...routeOf(chat, { moderate: true, answer: true })]).toEqual(
    ['authorize', 'charge', 'moderate', 'persist', 'acknowledge', 'remember', 'deliver', 'answer'],
  ) // prettier-ignore
})
