import type { components } from '@tapline/client'
import { openDesk } from '../books/open-desk.ts'
import { formatMoney } from '../money.ts'
import { lineKey } from '../read/command.ts'
import { apportion } from '../shares.ts'
import { DAY_MS, type OrderFacts, type Shop, type Terms } from '../state.ts'
import { expiryAfter } from '../books/settle-time.ts'
import { appraise, payable, scaledLines, type Appraisal } from './appraise.ts'
import { termsFor, termsOfStranger } from './decide-order.ts'

type Quote = components['schemas']['Quote']

/** What an order would do if it came paid and unchanged at this moment; nothing is written. */
export function quote(
  shop: Shop,
  customerId: string | undefined,
  facts: OrderFacts,
  spendMinor: number,
): Quote {
  const { currency, wholeMinor, programs } = shop.state
  const money = (minor: number) => formatMoney(minor, currency)
  const program = programs.at(-1)!
  const desk = customerId === undefined ? undefined : openDesk(shop, customerId)
  const terms = desk === undefined ? termsOfStranger(program) : termsFor(desk)
  const paidMinor = Math.min(spendMinor, facts.amountMinor)
  const appraisal = appraise(facts, terms, paidMinor, wholeMinor)
  const now = shop.now()
  const isAtOnce = program.unpaidOrders === 'award' || program.awardOn === 'payment'
  const activatesAt = isAtOnce ? now + program.activationDelayDays * DAY_MS : null
  const expiresAt = activatesAt === null ? null : expiryAfter(activatesAt, program.expiryDays)
  const availableMinor = desk?.availableMinor() ?? 0
  const allowed = payable(facts.amountMinor, program)
  const isShort = availableMinor < allowed.mostMinor
  const mostMinor = isShort ? availableMinor : allowed.mostMinor
  return {
    customerId: customerId ?? null,
    percent: terms.percentBp / 100,
    tier: terms.tier,
    programVersion: program.version,
    earned: money(appraisal.earnedMinor),
    pending: activatesAt === null || activatesAt > now,
    activatesAt: activatesAt === null ? null : new Date(activatesAt).toISOString(),
    expiresAt: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    spend: {
      amount: money(spendMinor),
      most: money(mostMinor),
      limitedBy: isShort ? 'balance' : allowed.limitedBy,
      available: money(availableMinor),
      possible: spendMinor <= mostMinor,
    },
    parts: appraisal.parts.map(({ rule, percentBp, amountMinor }) => {
      return { rule, name: null, percent: percentBp / 100, amount: money(amountMinor) }
    }),
    lines: linesOf(facts, terms, appraisal, paidMinor, money),
    nothingBecause: appraisal.nothingBecause,
    at: new Date(now).toISOString(),
  }
}

/** All goods are alike to the small shop; for the eye they are parted by what they cost. */
function linesOf(
  facts: OrderFacts,
  { percentBp }: Terms,
  { baseMinor, earnedMinor }: Appraisal,
  spentMinor: number,
  money: (minor: number) => string,
): Quote['lines'] {
  const scaled = scaledLines(facts)
  const weights = scaled.map(({ grossMinor }) => grossMinor)
  const isOne = scaled.length === 1
  const [spent, bases, earned] = [spentMinor, baseMinor, earnedMinor].map((minor) =>
    isOne ? [minor] : apportion(minor, weights),
  ) as [number[], number[], number[]]
  return scaled.map(({ line, grossMinor }, index) => ({
    item: line === null ? null : lineKey(line) || String(index + 1),
    amount: money(grossMinor),
    spent: money(spent[index]!),
    base: money(bases[index]!),
    percent: percentBp / 100,
    earned: money(earned[index]!),
    leftOut: null,
    payable: true,
    rules: [],
  }))
}
