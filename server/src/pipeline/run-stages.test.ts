import { describe, expect, it } from 'vitest'
import type { Overflow } from './bounded-buffer.ts'
import { runStages, type Stage } from './run-stages.ts'

type Thing = { id: number; route?: string[] }

function lineOf(
  stages: Stage<Thing>[],
  { overflow = 'wait', items = 100 }: { overflow?: Overflow; items?: number } = {},
) {
  const faults: [string, number[]][] = []
  const dropped: number[] = []
  const line = runStages<Thing>({
    stages,
    routeOf: ({ route }) => new Set(route ?? stages.map(({ name }) => name)),
    policy: { items, bytes: 1_000_000, overflow },
    weigh: () => 1,
    keyOf: ({ id }) => String(id),
    onDrop: ({ id }) => dropped.push(id),
    onFault: (_, stage, some) => faults.push([stage, some.map(({ id }) => id)]),
  })
  return { line, faults, dropped }
}
const pass = (name: string, seen: number[][] = []): Stage<Thing> => ({
  name,
  batch: 10,
  run: (items) => (seen.push(items.map(({ id }) => id)), items),
})
const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index)

describe('a line of stages', () => {
  it('brings everything through in order, in batches', async () => {
    const [first, last]: [number[][], number[][]] = [[], []]
    const slow: Stage<Thing> = {
      name: 'slow',
      batch: 7,
      run: async (items) => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 3))
        return items
      },
    }
    const { line } = lineOf([pass('first', first), slow, pass('last', last)])
    for (const id of ids(1, 60)) line.offer({ id })
    await line.stop()
    expect(first[0]).toEqual(ids(1, 10))
    expect(last.flat()).toEqual(ids(1, 60))
  })

  it('lets those pass by a stage that do not need it, each in its place', async () => {
    const [checked, done]: [number[][], number[][]] = [[], []]
    const even: Stage<Thing> = {
      name: 'even',
      batch: 10,
      run: (items) => {
        checked.push(items.map(({ id }) => id))
        return items.filter(({ id }) => id % 2 === 0)
      },
    }
    const { line } = lineOf([even, pass('done', done)])
    for (const id of ids(1, 6)) line.offer(id <= 3 ? { id } : { id, route: ['done'] })
    await line.stop()
    expect(checked.flat()).toEqual([1, 2, 3])
    expect(done.flat()).toEqual([2, 4, 5, 6])
  })

  it('goes on after a stage broke', async () => {
    const done: number[][] = []
    const breaking: Stage<Thing> = {
      name: 'breaking',
      batch: 1,
      run: async (items) => (items[0]!.id === 2 ? Promise.reject(new Error('broken')) : items),
    }
    const { line, faults } = lineOf([breaking, pass('done', done)])
    for (const id of ids(1, 3)) line.offer({ id })
    await line.stop()
    expect(done.flat()).toEqual([1, 3])
    expect(faults).toEqual([['breaking', [2]]])
  })

  it('holds back to its entrance while a later stage is stuck, and says when it has calmed down', async () => {
    let release: () => void = () => undefined
    const stuck = new Promise<void>((resolve) => (release = resolve))
    const done: number[][] = []
    const gate: Stage<Thing> = { name: 'gate', batch: 1, run: async (items) => (await stuck, items) }
    const { line } = lineOf([pass('first'), gate, pass('done', done)], { items: 5 })
    let taken = 0
    for (let id = 1; id <= 100; id++) {
      if (line.offer({ id }) === 'taken') taken++
      await Promise.resolve()
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(taken).toBeLessThan(25)
    expect(line.isHigh()).toBe(true)
    let calm = false
    line.whenCalm(() => (calm = true))
    expect(calm).toBe(false)
    release()
    await line.stop()
    expect(calm).toBe(true)
    expect(done.flat()).toHaveLength(taken)
  })

  it('drops at its entrance only what may be dropped', async () => {
    const done: number[][] = []
    const { line, dropped } = lineOf([pass('first'), pass('done', done)], {
      overflow: 'drop-oldest',
      items: 3,
    })
    for (const id of ids(1, 10)) line.offer({ id })
    await line.stop()
    expect(dropped).toEqual(ids(1, 7))
    expect(done.flat()).toEqual([8, 9, 10])
  })

  it('loses nothing inside of what only counts by its newest', async () => {
    const done: number[][] = []
    const slow: Stage<Thing> = {
      name: 'slow',
      batch: 10,
      run: async (items) => {
        await new Promise((resolve) => setTimeout(resolve, 1))
        done.push(items.map(({ id }) => id))
        return items
      },
    }
    const { line, dropped } = lineOf([pass('first'), slow], { overflow: 'latest-by-key', items: 1_000 })
    for (const id of ids(1, 900)) line.offer({ id })
    await line.stop()
    expect(dropped).toEqual([])
    expect(done.flat()).toHaveLength(900)
  })
})
