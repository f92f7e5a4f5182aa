import { DAY_MS } from '../../kernel/clock.ts'
import type { BirthdayCommand, RegisterCommand } from './command.ts'
import { acceptReferral } from './decide-referral.ts'
import { conclude, mostToday, repeat, use, type Decided, type Desk } from './desk.ts'
import { expiryAfter, lifeOf, type Life } from './program.ts'
import { settleDebt } from './settle-due.ts'
import { tellReached } from './terms.ts'

/** A birthday that is moved every month brings no more bonuses than one that stays. */
const YEARLY_DAYS = 300
const EARNED = ['customerEarned', 'projectEarned'] as const

export function decideRegistration(command: RegisterCommand, desk: Desk): Decided {
  const { customer, program } = desk
  acceptReferral(desk, command.referrerId)
  const dueMinor = customer.account.welcomed ? 0 : program.welcomeBonusMinor
  const effect = `welcome:${customer.account.customerId}`
  const welcomeBonusMinor = dueMinor === 0 ? 0 : give(desk, 'welcome', dueMinor, lifeOf(program), effect)
  // Whom a limit of the day left with nothing is welcomed another day.
  if (dueMinor === 0 || welcomeBonusMinor > 0) customer.change({ welcomed: true })
  return {
    ...conclude(desk, undefined),
    result: { welcomeBonusMinor, availableMinor: customer.availableMinor() },
  }
}

export function decideBirthday({ year }: BirthdayCommand, desk: Desk): Decided {
  const { customer, program, now } = desk
  const { bonusMinor, expiryDays } = program.birthday
  const { birthdayAt, customerId } = customer.account
  if (bonusMinor === 0 || (birthdayAt !== null && now - birthdayAt < YEARLY_DAYS * DAY_MS))
    return repeat(desk, undefined)
  const life: Life = expiryDays === 0 ? lifeOf(program) : { expiryDays, expiryMonths: 0, expiryEndOf: 'none' }
  // A birthday that was moved may come twice in a calendar year: the last one tells the two apart.
  const effect = `birthday:${customerId}:${year}`
  if (give(desk, 'birthday', bonusMinor, life, birthdayAt === null ? effect : `${effect}:${birthdayAt}`) > 0)
    customer.change({ birthdayAt: now })
  return conclude(desk, undefined)
}

/** Bonuses that no order has earned, spendable at once; cut by the limits of the day as an order's are. */
function give(desk: Desk, reason: string, wantedMinor: number, life: Life, effect: string): number {
  const { customer, program, now, timeZone } = desk
  const amountMinor = withinToday(desk, wantedMinor)
  if (amountMinor === 0) return 0
  const expiresAt = expiryAfter(now, life, timeZone)
  customer.earn(
    { ...life, orderRef: null, reason, amountMinor, state: 'active', activatesAt: now, expiresAt },
    { effect, programVersion: program.version },
  )
  use(desk, EARNED, amountMinor)
  desk.events.push(...settleDebt(customer, now))
  desk.events.push({
    type: 'bonus.awarded',
    customerId: customer.account.customerId,
    reason,
    amountMinor,
    orderId: null,
    storefront: null,
    pending: false,
    activatesAt: now,
    expiresAt,
    availableMinor: customer.availableMinor(),
  })
  return amountMinor
}

function withinToday(desk: Desk, wantedMinor: number): number {
  const mostMinor = mostToday(desk, EARNED)
  if (wantedMinor <= mostMinor) return wantedMinor
  tellReached(desk)
  return desk.program.rounding === 'none' ? mostMinor : mostMinor - (mostMinor % desk.wholeMinor)
}
