import { DAY_MS } from '../../kernel/clock.ts'
import type { BirthdayCommand, RegisterCommand } from './command.ts'
import { acceptReferral } from './decide-referral.ts'
import { conclude, mostToday, repeat, tellLimit, use, type Decided, type Desk } from './desk.ts'
import { expiryAfter, lifeOf, type Life } from './program.ts'
import { settleDebt } from './settle-due.ts'

/** A birthday that is moved every month brings no more bonuses than one that stays. */
const YEARLY_DAYS = 300

export function decideRegistration(command: RegisterCommand, desk: Desk): Decided {
  const { customer, program } = desk
  acceptReferral(desk, command.referrerId)
  const welcomeBonusMinor = customer.account.welcomed ? 0 : withinLimits(desk, program.welcomeBonusMinor)
  customer.change({ welcomed: true })
  if (welcomeBonusMinor > 0)
    give(desk, 'welcome', welcomeBonusMinor, lifeOf(program), `welcome:${customer.account.customerId}`)
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
  customer.change({ birthdayAt: now })
  // A birthday that was moved may come twice in a calendar year: the last one tells the two apart.
  const effect = `birthday:${customerId}:${year}`
  const givenMinor = withinLimits(desk, bonusMinor)
  if (givenMinor > 0)
    give(desk, 'birthday', givenMinor, life, birthdayAt === null ? effect : `${effect}:${birthdayAt}`)
  return conclude(desk, undefined)
}

/** What the day's limits leave of a gift, in whole bonuses where bonuses are whole. */
function withinLimits(desk: Desk, amountMinor: number): number {
  const most = mostToday(desk, ['customerEarned', 'projectEarned'])
  if (amountMinor <= most) return amountMinor
  tellLimit(desk, 'customerEarned', true, (desk.used.customerEarned ?? 0) + amountMinor)
  return desk.program.rounding === 'none' ? most : most - (most % desk.wholeMinor)
}

/** Bonuses that no order has earned, spendable at once. */
function give(desk: Desk, reason: string, amountMinor: number, life: Life, effect: string): void {
  const { customer, program, now, timeZone } = desk
  const expiresAt = expiryAfter(now, life, timeZone)
  customer.earn(
    { ...life, orderRef: null, reason, amountMinor, state: 'active', activatesAt: now, expiresAt },
    { effect, programVersion: program.version },
  )
  use(desk, ['customerEarned', 'projectEarned'], amountMinor)
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
}
