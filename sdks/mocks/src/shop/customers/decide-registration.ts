import type { components } from '@tapline/client'
import type { Desk } from '../books/desk.ts'
import { expiryAfter, settleDebt } from '../books/settle-time.ts'
import { conclude } from '../decided.ts'
import { formatMoney } from '../money.ts'

/** Who registers is welcomed once. */
export function decideRegistration(desk: Desk): components['schemas']['Result'] {
  const { program, now, book, customerId } = desk
  const money = (minor: number) => formatMoney(minor, desk.shop.state.currency)
  const amountMinor = book.account.welcomed ? 0 : program.welcomeBonusMinor
  if (amountMinor > 0) {
    const { expiryDays, version } = program
    const expiresAt = expiryAfter(now, expiryDays)
    const reason = 'welcome'
    desk.earn(
      { expiryDays, orderRef: null, reason, amountMinor, state: 'active', activatesAt: now, expiresAt },
      { programVersion: version },
    )
    settleDebt(desk)
    desk.events.push({
      type: 'bonus.awarded',
      ...desk.moved(amountMinor),
      reason,
      orderId: null,
      storefront: null,
      pending: false,
      activatesAt: now,
      expiresAt,
    })
  }
  book.account.welcomed = true
  conclude(desk, undefined)
  return { customerId, welcomeBonus: money(amountMinor), available: money(desk.availableMinor()) }
}
