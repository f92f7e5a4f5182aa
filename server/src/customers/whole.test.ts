import { expect, it } from 'vitest'
import { refuse } from '../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import { whole } from './whole.ts'

function journal() {
  const log: string[] = []
  const unitOfWork: UnitOfWork = async (work) => {
    try {
      const result = await work({} as Transaction)
      log.push('committed')
      return result
    } catch (error) {
      log.push('rolled back')
      throw error
    }
  }
  return { log, unitOfWork }
}

it('commits what was done', async () => {
  const { log, unitOfWork } = journal()
  expect(await whole(unitOfWork, () => Promise.resolve({ done: true }))).toEqual({ done: true })
  expect(log).toEqual(['committed'])
})

it('takes everything back for a refusal, which is an answer', async () => {
  const { log, unitOfWork } = journal()
  const refusal = refuse('merge-not-newest')
  expect(await whole(unitOfWork, () => Promise.resolve(refusal))).toBe(refusal)
  expect(log).toEqual(['rolled back'])
})

it('lets a fault through', async () => {
  const { unitOfWork } = journal()
  await expect(whole(unitOfWork, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
})
