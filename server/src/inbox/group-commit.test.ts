import { describe, expect, it } from 'vitest'
import { RetryableError } from '../kernel/retryable-error.ts'
import { groupCommit, Overloaded } from './group-commit.ts'

const settings = { maxRowsPerFlush: 10, maxFlushes: 1, weigh: () => 1, capacity: 100 }

describe('group commit', () => {
  it('writes callers that come together in one flush and answers each with its own rows', async () => {
    const flushes: number[][] = []
    const { append } = groupCommit<number, number>({
      ...settings,
      write: async (rows) => {
        flushes.push(rows)
        await new Promise((resolve) => setTimeout(resolve, 5))
        return rows.map((row) => row * 2)
      },
    })
    const answers = await Promise.all([append([1]), append([2, 3]), append([4])])
    expect(answers).toEqual([[2], [4, 6], [8]])
    expect(flushes).toEqual([[1], [2, 3, 4]])
  })

  it('lets a bad row spoil only its own caller', async () => {
    const { append } = groupCommit<number, number>({
      ...settings,
      write: async (rows) => {
        await new Promise((resolve) => setTimeout(resolve, 1))
        if (rows.includes(13)) throw new Error('bad row')
        return rows
      },
    })
    const answers = await Promise.allSettled([append([1]), append([2]), append([13]), append([4])])
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  })

  it('asks a database that is away once for all, not once for each', async () => {
    let writes = 0
    const { append } = groupCommit<number, number>({
      ...settings,
      write: async () => {
        writes++
        await new Promise((resolve) => setTimeout(resolve, 1))
        throw new RetryableError('away')
      },
    })
    const answers = await Promise.allSettled([append([1]), append([2]), append([3]), append([4])])
    expect(answers.map(({ status }) => status)).toEqual(Array(4).fill('rejected'))
    expect(writes).toBe(2)
  })

  it('refuses what does not fit its capacity instead of growing', async () => {
    const { append } = groupCommit<number, number>({
      ...settings,
      capacity: 3,
      write: () => new Promise(() => {}),
    })
    void append([1])
    void append([2, 3, 4])
    await expect(append([5])).rejects.toBeInstanceOf(Overloaded)
  })
})
