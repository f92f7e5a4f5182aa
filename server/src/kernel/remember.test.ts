import { describe, expect, it } from 'vitest'
import { remember } from './remember.ts'

describe('remember', () => {
  it('asks once for those who ask together, and again when the answer is old', async () => {
    let asked = 0
    let time = 0
    const ask = remember(async (key) => `${key}${++asked}`, { forMs: 10, now: () => time })
    expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual(['a1', 'a1', 'b2'])
    time = 9
    expect(await ask('a')).toBe('a1')
    time = 10
    expect(await ask('a')).toBe('a3')
  })

  it('does not keep a failure', async () => {
    let failing = true
    const ask = remember(async () => (failing ? Promise.reject(new Error('away')) : 'here'), { forMs: 1_000 })
    await expect(ask('a')).rejects.toThrow('away')
    failing = false
    expect(await ask('a')).toBe('here')
  })

  it('is bounded and can forget', async () => {
    let asked = 0
    const ask = remember(async () => ++asked, { forMs: 1_000, most: 2 })
    for (const key of ['a', 'b', 'c', 'a']) await ask(key)
    expect(asked).toBe(4)
    ask.forget()
    await ask('a')
    expect(asked).toBe(5)
  })

  it('can forget one alone', async () => {
    let asked = 0
    const ask = remember(async () => ++asked, { forMs: 1_000 })
    await Promise.all([ask('a'), ask('b')])
    ask.forget('a')
    expect(await Promise.all([ask('a'), ask('b')])).toEqual([3, 2])
  })
})
