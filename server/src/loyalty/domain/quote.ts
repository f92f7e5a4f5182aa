import { DAY_MS, type Instant } from '../../kernel/clock.ts'
import { apportion } from './apportion.ts'
import { appraise, payable, scaledLines, type Appraisal, type AppraisedLine } from './appraise.ts'
import type { Book } from './book.ts'
import { acceptReferral } from './decide-referral.ts'
import type { Situation } from './decision.ts'
import { mostToday, openDesk } from './desk.ts'
import type { OrderFacts, Terms } from './order.ts'
import { expiryAfter, lifeOf } from './program.ts'
import { termsFor } from './terms.ts'

export type SpendLimit = ReturnType<typeof payable>['limitedBy'] | 'balance' | 'day-limit'

export type Quote = {
  terms: Terms
  appraisal: Appraisal
  pending: boolean
  activatesAt: Instant | null
  expiresAt: Instant | null
  spend: { amountMinor: number; mostMinor: number; limitedBy: SpendLimit; availableMinor: number }
}

/** What an order would do if it came paid and unchanged at this moment. It decides by the code that decides orders, and writes nothing. */
export function quote(
  situation: Situation,
  facts: OrderFacts,
  spendMinor: number,
  referrerId: string | undefined,
): Quote {
  const desk = openDesk(situation)
  acceptReferral(desk, referrerId)
  const { program, now, timeZone } = desk
  const terms = termsFor(desk, facts)
  const appraisal = appraise(facts, program, terms, Math.min(spendMinor, facts.amountMinor))
  const isAtOnce = program.unpaidOrders === 'award' || program.awardOn === 'payment'
  const activatesAt = isAtOnce ? now + terms.activationDelayDays * DAY_MS : null
  return {
    terms,
    appraisal: { ...appraisal, lines: byLine(appraisal, facts) },
    pending: activatesAt === null || activatesAt > now,
    activatesAt,
    expiresAt: activatesAt === null ? null : expiryAfter(activatesAt, lifeOf(program), timeZone),
    spend: { amountMinor: spendMinor, ...mostOf(desk, facts) },
  }
}

export function mostOf(
  desk: ReturnType<typeof openDesk>,
  facts: OrderFacts,
): { mostMinor: number; limitedBy: SpendLimit; availableMinor: number } {
  const availableMinor = desk.customer.availableMinor()
  const allowed = payable(facts, desk.program)
  const todayMinor = mostToday(desk, ['customerSpent', 'projectSpent'])
  if (availableMinor < Math.min(allowed.mostMinor, todayMinor))
    return { mostMinor: availableMinor, limitedBy: 'balance', availableMinor }
  return todayMinor < allowed.mostMinor
    ? { mostMinor: todayMinor, limitedBy: 'day-limit', availableMinor }
    : { mostMinor: allowed.mostMinor, limitedBy: allowed.limitedBy, availableMinor }
}

/** Goods that are alike to the program are counted as one; for the eye they are parted by what they cost. */
export function byLine({ lines }: Appraisal, facts: OrderFacts): AppraisedLine[] {
  const [whole] = lines
  if (lines.length !== 1 || whole === undefined || whole.index !== null || facts.lines.length === 0)
    return lines
  const scaled = scaledLines(facts)
  const weights = scaled.map(({ grossMinor }) => BigInt(grossMinor))
  const [spent, bases, earned] = [whole.spentMinor, whole.baseMinor, whole.earnedMinor].map((minor) =>
    apportion(minor, weights),
  )
  return scaled.map(({ index, grossMinor }, place) => ({
    ...whole,
    index,
    grossMinor,
    spentMinor: spent![place]!,
    baseMinor: bases![place]!,
    earnedMinor: earned![place]!,
  }))
}

/** Somebody who is not known yet. */
export function strangersBook(customerId: string): Book {
  const account: Book['account'] = {
    customerId,
    totalSpentMinor: 0,
    ordersCount: 0,
    tier: null,
    tierLapsesAt: null,
    tierReviewAt: null,
    referralCode: '',
    referredBy: null,
    referral: 'none',
    referredAt: null,
    referralDoubt: null,
    firstOrderKeptAt: null,
    firstOrderRef: null,
    welcomed: false,
    birthdayAt: null,
    debtMinor: 0,
    remindedUntil: null,
    mergedInto: null,
    erased: false,
  }
  return { account, lots: [], holds: [], history: [] }
}
