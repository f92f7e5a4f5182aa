import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { repeat, type Repeating } from './repeat.ts'

let loop: Repeating
beforeEach(() => void vi.useFakeTimers())
afterEach(async () => {
  const stopped = loop.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  await stopped
  vi.useRealTimers()
})

const begin = (work: () => Promise<boolean>, onError: (error: unknown) => void = () => undefined) => {
  loop = repeat(work, { everyMs: 1_000, onError })
}

describe('repeated work', () => {
  it('runs at once, then after each pause', async () => {
    const work = vi.fn(() => Promise.resolve(false))
    begin(work)
    await vi.advanceTimersByTimeAsync(0)
    expect(work).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(899)
    expect(work).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(202)
    expect(work).toHaveBeenCalledTimes(2)
  })

  it('makes no pause while there is more', async () => {
    let left = 5
    const work = vi.fn(() => Promise.resolve(--left > 0))
    begin(work)
    await vi.advanceTimersByTimeAsync(0)
    expect(work).toHaveBeenCalledTimes(5)
  })

  it('is never twice at the same time', async () => {
    let running = 0
    let most = 0
    begin(async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 5_000))
      running--
      return false
    })
    for (let times = 0; times < 20; times++) {
      loop.nudge()
      await vi.advanceTimersByTimeAsync(1_000)
    }
    expect(most).toBe(1)
  })

  it('tells of an error and goes on', async () => {
    const errors: unknown[] = []
    const work = vi.fn(() => Promise.reject(new Error('broken')))
    begin(work, (error) => errors.push(error))
    await vi.advanceTimersByTimeAsync(3_500)
    expect(work.mock.calls.length).toBeGreaterThanOrEqual(3)
    expect(errors).toHaveLength(work.mock.calls.length)
  })

  it('is nudged out of its pause', async () => {
    const work = vi.fn(() => Promise.resolve(false))
    begin(work)
    await vi.advanceTimersByTimeAsync(0)
    loop.nudge()
    await vi.advanceTimersByTimeAsync(0)
    expect(work).toHaveBeenCalledTimes(2)
  })

  it('does not lose a nudge that comes while it runs', async () => {
    const work = vi.fn(async () => {
      await new Promise((resolve) => setTimeout(resolve, 100))
      return false
    })
    begin(work)
    await vi.advanceTimersByTimeAsync(50)
    loop.nudge()
    await vi.advanceTimersByTimeAsync(60)
    expect(work).toHaveBeenCalledTimes(2)
  })

  it('stops: out of a pause at once, out of work when that is done', async () => {
    let done = false
    begin(async () => {
      await new Promise((resolve) => setTimeout(resolve, 100))
      done = true
      return true
    })
    await vi.advanceTimersByTimeAsync(10)
    const stopped = loop.stop()
    await vi.advanceTimersByTimeAsync(90)
    await stopped
    expect(done).toBe(true)

    const work = vi.fn(() => Promise.resolve(false))
    begin(work)
    await vi.advanceTimersByTimeAsync(0)
    await loop.stop()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(work).toHaveBeenCalledTimes(1)
  })
})
