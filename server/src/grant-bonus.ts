import { createHash } from 'node:crypto'
import { formatMoney } from './kernel/money.ts'
import { isRefusal, type Refusal } from './kernel/refusal.ts'
import type { Transaction } from './kernel/transaction.ts'

type Bonus = { customerId: string; amountMinor: number; reason: string; staff: string; effectId: string }

type Adjustment = {
  kind: 'adjust'
  amountMinor: number
  reason: string
  staff: string
  expiresAt: undefined
  effectId: string
}

type Dependencies = {
  loyalty: {
    engine: {
      runCommand(
        projectId: string,
        task: { customerId: string; command: Adjustment },
        also: (transaction: Transaction) => Promise<void>,
      ): Promise<unknown>
    }
    ledger: { entryOfEffect(projectId: string, effect: string): Promise<object | undefined> }
  }
  currencyOf: (projectId: string) => Promise<string>
  availableOf: (projectId: string, customerId: string) => Promise<string>
  record: (
    transaction: Transaction,
    projectId: string,
    action: string,
    details: Record<string, unknown>,
  ) => Promise<void>
}

/** Bonuses from an agent, once for an effect's id: an adjustment, as staff make it over the API. */
export function grantBonus({ loyalty, currencyOf, availableOf, record }: Dependencies) {
  async function give(projectId: string, bonus: Bonus, isGiven: () => Promise<boolean>): Promise<object> {
    const { customerId, amountMinor, reason, staff, effectId } = bonus
    const currency = await currencyOf(projectId)
    const command = { kind: 'adjust', amountMinor, reason, staff, expiresAt: undefined, effectId } as const
    const amount = formatMoney(amountMinor, currency)
    const facts = { customerId, amount, reason, staff, adjustment: effectId }
    try {
      return (await loyalty.engine.runCommand(projectId, { customerId, command }, (transaction) =>
        record(transaction, projectId, 'bonuses.adjusted', facts),
      )) as object
    } catch (error) {
      // Twice at the same moment: the ledger takes an effect once.
      if (await isGiven()) return {}
      throw error
    }
  }

  return async (projectId: string, bonus: Bonus): Promise<{ available: string } | Refusal> => {
    const { customerId } = bonus
    // Hashed, since it may hold anything.
    const effectId = createHash('sha256').update(bonus.effectId).digest('hex').slice(0, 32)
    const isGiven = async () =>
      (await loyalty.ledger.entryOfEffect(projectId, `adjust:${effectId}`)) !== undefined
    const outcome = (await isGiven()) ? {} : await give(projectId, { ...bonus, effectId }, isGiven)
    if (isRefusal(outcome)) return outcome
    return { available: await availableOf(projectId, customerId) }
  }
}
