import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'

class TakenBack extends Error {
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.refused)
    this.refusal = refusal
  }
}

/** Wholly or not at all: a refusal in the middle takes back what was written before it. */
export async function whole<T extends object>(
  unitOfWork: UnitOfWork,
  work: (transaction: Transaction) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  try {
    return await unitOfWork(async (transaction) => {
      const outcome = await work(transaction)
      if (isRefusal(outcome)) throw new TakenBack(outcome)
      return outcome
    })
  } catch (error) {
    if (error instanceof TakenBack) return error.refusal
    throw error
  }
}
