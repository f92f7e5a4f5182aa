import { formatMoney } from '../kernel/money.ts'
import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import type { Instant } from '../kernel/clock.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { Ledger, RecordedEntry } from './ports/ledger.ts'
import type { Projects } from './ports/neighbours.ts'
import type { Engine } from './run-engine.ts'

type Dependencies = {
  ledger: Pick<Ledger, 'account' | 'entryOfEffect'>
  engine: Pick<Engine, 'runCommand'>
  projects: Projects
  record: (
    transaction: Transaction,
    projectId: string,
    action: string,
    details: Record<string, unknown>,
  ) => Promise<void>
}

export type ByHand = {
  customerId: string
  /** Who the customer was before: the same adjustment may have been made then. */
  formerIds?: readonly string[]
  /** Signed. */
  amountMinor: number
  reason: string
  staff: string
  expiresAt?: Instant | undefined
  /** Of the same one only the first takes effect. */
  effectId: string
}

/** Somebody of the shop gives or takes bonuses by hand: once, with the reason in the audit log. */
export function adjustByHand({ ledger, engine, projects, record }: Dependencies) {
  return async (
    projectId: string,
    { customerId, formerIds = [], amountMinor, reason, staff, expiresAt, effectId }: ByHand,
  ): Promise<RecordedEntry | Refusal> => {
    const { currency } = await projects.facts(projectId)
    if ((await ledger.account(projectId, customerId)) === undefined) return refuse('customer-not-found')
    const find = () => ledger.entryOfEffect(projectId, `adjust:${effectId}`)
    const judge = (done: RecordedEntry) =>
      done.amountMinor === amountMinor && [customerId, ...formerIds].includes(done.customerId)
        ? done
        : refuse('idempotency-key-reused')
    const before = await find()
    if (before !== undefined) return judge(before)
    const work = engine.runCommand(
      projectId,
      { customerId, command: { kind: 'adjust', amountMinor, reason, staff, expiresAt, effectId } },
      (transaction) =>
        record(transaction, projectId, 'bonuses.adjusted', {
          customerId,
          amount: formatMoney(amountMinor, currency),
          reason,
          staff,
          adjustment: effectId,
        }),
    ) as Promise<object>
    // Asked twice at once, the second fails on the effect of the first.
    const outcome = await work.catch(
      async (error: unknown) => (await find()) ?? Promise.reject(error as Error),
    )
    return isRefusal(outcome) ? outcome : judge((await find())!)
  }
}
