import { formatMoney } from '../../../kernel/money.ts'
import { balanceOf } from '../../domain/book.ts'
import { reachedBy, tierOf } from '../../domain/judge-tier.ts'
import { nextTierAfter, type Program } from '../../domain/program.ts'
import { settled } from '../../domain/settle-due.ts'
import type { Standing } from '../../ports/ledger.ts'
import { timeOrNull } from './present.ts'

const SOON_MS = 30 * 86_400_000

/** What a customer has and is at this moment, whether or not the ledger has been told what time has done. */
export function presentStanding(standing: Standing, program: Program, currency: string, timeZone: string) {
  const money = (minor: number) => formatMoney(minor, currency)
  const moment = { program, timeZone, now: standing.now }
  const book = settled(standing, moment)
  const { account, lots, holds } = book
  const { availableMinor, pendingMinor, expiringSoonMinor } = balanceOf(lots, standing.now, SOON_MS)
  const tier = tierOf(account, program)
  const reached = reachedBy(book, moment)
  const next = nextTierAfter(program, reached)
  const missing = next === undefined ? 0 : next.thresholdMinor - reached
  return {
    bonuses: {
      available: money(availableMinor),
      pending: money(pendingMinor),
      held: money(holds.reduce((sum, { amountMinor }) => sum + amountMinor, 0)),
      expiringSoon: money(expiringSoonMinor),
      debt: money(account.debtMinor),
    },
    tier: {
      name: tier?.name ?? null,
      percent: (tier?.percentBp ?? 0) / 100,
      earnPercent: (program.basePercentBp + (tier?.percentBp ?? 0)) / 100,
      nextTier: next?.name ?? null,
      toNextTier:
        next === undefined ? null : program.tierPolicy.by === 'orders' ? String(missing) : money(missing),
      lapsesAt: timeOrNull(account.tierLapsesAt),
    },
    referralCode: account.referralCode,
    referredBy: account.referredBy,
    totalSpent: money(account.totalSpentMinor),
    ordersCount: account.ordersCount,
  }
}
