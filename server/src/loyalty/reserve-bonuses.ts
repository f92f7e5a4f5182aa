import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { OrderFacts } from './domain/order.ts'
import type { Task } from './decide-slice.ts'
import type { PromoCodes } from './ports/promo-codes.ts'
import type { Engine } from './run-engine.ts'

/** What a customer wants put aside, for an order that has no id yet. */
export type Wish = {
  customerId: string
  storefront: string
  amountMinor: number
  orderAmountMinor?: number | undefined
  lines?: OrderFacts['lines'] | undefined
}

type Dependencies = {
  engine: Pick<Engine, 'runPrepared'>
  promoCodes: PromoCodes
  newReservation: () => string
}

const HALF_AN_HOUR_MS = 1_800_000
/** Whoever asks and lets go again and again would use up what all others may have. */
const MOST_UNUSED = 10

/** Puts bonuses aside under a code that the order will bring: one made now, or one that the shop imported. */
export function reserveBonuses({ engine, promoCodes, newReservation }: Dependencies) {
  const holdFor = ({ customerId, ...wish }: Wish, reservation: string): Task => ({
    customerId,
    command: {
      kind: 'hold',
      ...wish,
      orderId: reservation,
      reservation,
      expiresInMs: HALF_AN_HOUR_MS,
      // Whoever has the browser is not yet whoever owns the bonuses.
      awaitsConfirmation: true,
    },
  })

  return {
    reserve: (projectId: string, wish: Wish): Promise<Refusal | object> =>
      engine.runPrepared(projectId, () => Promise.resolve({ task: holdFor(wish, newReservation()) })),

    /** `{ holdId }` alone: the same request was given that one before. A code is given once, whatever comes of it. */
    takePromoCode: async (
      projectId: string,
      wish: Wish,
      request: string | undefined,
    ): Promise<Refusal | object> => {
      let before: string | undefined
      const outcome = await engine.runPrepared(projectId, async (transaction) => {
        const { customerId, amountMinor } = wish
        await promoCodes.lockAccount(transaction, projectId, customerId)
        before = request && (await promoCodes.givenFor(transaction, projectId, customerId, request))
        if (before !== undefined) return refuse('hold-exists', { holdId: before })
        if ((await promoCodes.unusedOf(transaction, projectId, customerId)) >= MOST_UNUSED)
          return refuse('limit-exceeded', { limit: 'promo-codes', most: 0 })
        const free = await promoCodes.nextFree(transaction, projectId, amountMinor)
        if (free === undefined) return refuse('promo-codes-exhausted')
        const give = (within: Transaction, { hold }: { hold: { id: string } }) =>
          promoCodes.give(within, projectId, free.key, { holdId: hold.id, request })
        return {
          task: holdFor(wish, free.code),
          also: (done: object) => give(transaction, done as { hold: { id: string } }),
        }
      })
      return before !== undefined && isRefusal(outcome) ? { holdId: before } : outcome
    },
  }
}
