import { describe, expect, it } from 'vitest'
import { awaitResults } from './await-results.ts'

const stored = { id: 'inb_1', status: 'processed' as const, command: {}, result: {}, refusal: null }
const items = [{ id: 'inb_1', contacts: [] }]

function waiting() {
  const finish: (() => void)[] = []
  const wait = awaitResults({
    engine: { wake: () => undefined, runNow: () => new Promise((resolve) => finish.push(resolve)) },
    inbox: { findAll: () => Promise.resolve([stored]) } as never,
  })
  return { wait, finish }
}

describe('waiting for a result', () => {
  it('gives what is stored when the work is done', async () => {
    const { wait, finish } = waiting()
    const answer = wait('prj_a', items, 5)
    finish[0]!()
    expect(await answer).toEqual([stored])
  })

  it('has 50 places a project: stuck work of one takes none of another', async () => {
    const { wait, finish } = waiting()
    const stuck = Array.from({ length: 50 }, () => wait('prj_a', items, 5))
    expect(await wait('prj_a', items, 5)).toBeUndefined()
    const other = wait('prj_b', items, 5)
    expect(finish).toHaveLength(51)
    for (const done of finish) done()
    expect(await other).toEqual([stored])
    await Promise.all(stuck)
    const again = wait('prj_a', items, 5)
    finish.at(-1)!()
    expect(await again).toEqual([stored])
  })

  it('does not wait where nobody asked to', async () => {
    expect(await waiting().wait('prj_a', items, 0)).toBeUndefined()
  })
})
