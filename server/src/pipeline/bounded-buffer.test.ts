import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundedBuffer, type Overflow } from './bounded-buffer.ts'

type Thing = { id: number; weight: number; key: string }
const thing = (id: number, weight = 1, key = String(id)): Thing => ({ id, weight, key })

function bufferOf(overflow: Overflow, { items = 3, bytes = 100 } = {}) {
  const dropped: [number, string][] = []
  const buffer = boundedBuffer<Thing>({
    policy: { items, bytes, overflow },
    weigh: ({ weight }) => weight,
    keyOf: ({ key }) => key,
    onDrop: ({ id }, reason) => dropped.push([id, reason]),
  })
  return { buffer, dropped, ids: () => buffer.takeMany(100).map(({ id }) => id) }
}

describe('a full buffer', () => {
  it.each([
    ['wait', ['taken', 'taken', 'taken', 'rejected'], [1, 2, 3], []],
    ['reject', ['taken', 'taken', 'taken', 'rejected'], [1, 2, 3], []],
    ['drop-newest', ['taken', 'taken', 'taken', 'dropped'], [1, 2, 3], [[4, 'full']]],
    ['drop-oldest', ['taken', 'taken', 'taken', 'taken'], [2, 3, 4], [[1, 'full']]],
    ['latest-by-key', ['taken', 'taken', 'taken', 'taken'], [2, 3, 4], [[1, 'full']]],
  ] as const)('%s', (overflow, answers, left, drops) => {
    const { buffer, dropped, ids } = bufferOf(overflow)
    expect([1, 2, 3, 4].map((id) => buffer.offer(thing(id)))).toEqual(answers)
    expect(ids()).toEqual(left)
    expect(dropped).toEqual(drops)
  })

  it('is full by bytes too', () => {
    const { buffer, ids } = bufferOf('reject', { items: 10, bytes: 10 })
    expect(buffer.offer(thing(1, 6))).toBe('taken')
    expect(buffer.offer(thing(2, 5))).toBe('rejected')
    expect(buffer.offer(thing(3, 4))).toBe('taken')
    expect(ids()).toEqual([1, 3])
    // Else it could never pass.
    expect(buffer.offer(thing(4, 11))).toBe('taken')
  })

  it('keeps only the latest of a key, in the place of the first', () => {
    const { buffer, dropped } = bufferOf('latest-by-key')
    for (const one of [thing(1, 1, 'a'), thing(2, 1, 'b'), thing(3, 5, 'a')]) buffer.offer(one)
    expect(buffer.bytes()).toBe(6)
    expect(buffer.takeMany(1).map(({ id }) => id)).toEqual([3])
    expect(buffer.takeMany(9).map(({ id }) => id)).toEqual([2])
    expect(dropped).toEqual([[1, 'replaced']])
  })
})

describe('putting', () => {
  it('waits for room, in the order of the callers', async () => {
    const { buffer } = bufferOf('wait', { items: 1 })
    const all = [1, 2, 3].map((id) => buffer.put(thing(id)))
    const seen: number[] = []
    while (seen.length < 3) {
      await buffer.ready()
      seen.push(...buffer.takeMany(5).map(({ id }) => id))
    }
    expect(seen).toEqual([1, 2, 3])
    expect(await Promise.all(all)).toEqual(['taken', 'taken', 'taken'])
  })

  it('ends when the buffer is closed, and what is inside can still be taken', async () => {
    const { buffer, dropped, ids } = bufferOf('wait', { items: 1 })
    buffer.offer(thing(1))
    const waiting = buffer.put(thing(2))
    buffer.close()
    expect(await waiting).toBe('dropped')
    expect(await buffer.ready()).toBe(true)
    expect(ids()).toEqual([1])
    expect(await buffer.ready()).toBe(false)
    expect(dropped).toEqual([[2, 'closed']])
  })
})

it('says when it has calmed down, and not before its low mark', () => {
  const { buffer } = bufferOf('wait', { items: 10 })
  for (let id = 1; id <= 8; id++) buffer.offer(thing(id))
  expect(buffer.isHigh()).toBe(true)
  let told = 0
  buffer.whenCalm(() => told++)
  buffer.takeMany(2)
  expect([buffer.isHigh(), told]).toEqual([false, 0])
  buffer.takeMany(1)
  expect(told).toBe(1)
  buffer.whenCalm(() => told++)
  expect(told).toBe(2)
})

it('never holds more than it may, loses nothing silently and keeps the order', () => {
  const actions = fc.array(
    fc.oneof(
      fc.record({ put: fc.integer({ min: 1, max: 40 }), key: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ take: fc.integer({ min: 1, max: 5 }) }),
    ),
    { maxLength: 300 },
  )
  const policies = fc.constantFrom<Overflow>('wait', 'reject', 'drop-newest', 'drop-oldest', 'latest-by-key')
  fc.assert(
    fc.property(policies, actions, (overflow, steps) => {
      const { buffer, dropped } = bufferOf(overflow, { items: 7, bytes: 100 })
      let id = 0
      const offered = new Map<number, string>()
      const taken: number[] = []
      for (const step of steps) {
        if ('put' in step) offered.set(++id, buffer.offer(thing(id, step.put, String(step.key))))
        else taken.push(...buffer.takeMany(step.take).map((one) => one.id))
        expect(buffer.depth()).toBeLessThanOrEqual(7)
        expect(buffer.bytes() <= 100 || buffer.depth() === 1).toBe(true)
      }
      taken.push(...buffer.takeMany(1_000).map((one) => one.id))
      expect([buffer.depth(), buffer.bytes()]).toEqual([0, 0])
      const gone = new Set(dropped.map(([one]) => one))
      for (const [one, answer] of offered)
        expect(taken.includes(one) || gone.has(one) || answer === 'rejected').toBe(true)
      if (overflow !== 'latest-by-key') expect(taken).toEqual([...taken].sort((a, b) => a - b))
      expect(new Set(taken).size).toBe(taken.length)
    }),
  )
})
