import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefusal } from '../../kernel/refusal.ts'
import type { Hold } from './book.ts'
import type { LoyaltyCommand } from './command.ts'
import type { Decided } from './decide.ts'
import { isOpen } from './decision.ts'
import { codeIn, isSuspect } from './reservation.ts'
import { anyHistory, anyRules, tellAny } from './any-history.fixture.ts'
import { auditOf } from './books-audit.fixture.ts'
import { openShop, type Shop } from './shop.fixture.ts'

const seed = Number(process.env.TAPLINE_PROPERTY_SEED ?? 20_260_101)
const factor = Number(process.env.TAPLINE_PROPERTY_FACTOR ?? 1)
const HISTORIES = 700 * factor
const TIMEOUT_MS = 120_000 * Math.max(1, factor)

const setup = fc.record({
  wholeMinor: fc.constantFrom(1, 100),
  keepsEmptyLots: fc.boolean(),
  timeZone: fc.constantFrom('Europe/Moscow', 'Asia/Almaty', 'Europe/Berlin', 'America/New_York'),
})

it('any history of any commands keeps the invariants at every step', { timeout: TIMEOUT_MS }, () => {
  const counts: Record<string, number> = {}
  const count = (name: string) => void (counts[name] = (counts[name] ?? 0) + 1)
  fc.assert(
    fc.property(anyRules, setup, anyHistory(60), (first, shopSetup, happenings) => {
      const shop = openShop(first, shopSetup)
      const audit = auditOf(shop)
      const story: string[] = []
      const hear = ({ who, command }: { who: string; command: LoyaltyCommand }): void => {
        const { tier } = shop.bookOf(who).account
        const before = command.kind === 'purchase' && command.told ? holdsOf(shop) : new Map<string, Hold>()
        const decided = shop.run(who, command)
        const verdict = isRefusal(decided) ? decided.refused : decided.repeated ? 'repeated' : 'accepted'
        story.push(`${new Date(shop.now()).toISOString()} ${who} ${JSON.stringify(command)} ${verdict}`)
        count(`${command.kind} ${verdict}`)
        if (!isRefusal(decided)) for (const { kind, reason } of decided.entries) count(`${kind} ${reason}`)
        if (!isRefusal(decided) && command.kind === 'purchase' && command.told !== undefined)
          for (const flag of decided.order!.flags) count(flag)
        const problems = [...audit(decided, who, tier), ...codeProblems(shop, command, decided, before)]
        if (problems.length > 0)
          expect.fail([...problems, JSON.stringify(shop.program()), ...story].join('\n'))
        // As the engine does, in the same transaction.
        if (!isRefusal(decided) && decided.freed !== undefined) {
          const { id: holdId, customerId, storefront, orderId } = decided.freed
          hear({ who: customerId, command: { kind: 'void-hold', storefront, orderId, holdId } })
          if (shop.holdOf(holdId)!.state === 'active')
            expect.fail([holdId, 'is not let go', ...story].join('\n'))
        }
      }
      tellAny(shop, happenings, hear)
    }),
    { seed, numRuns: HISTORIES, verbose: 0, includeErrorInReport: false },
  )
  // A test that never sees a thing proves nothing about it.
  if (factor >= 1) expect(SEEN.filter((name) => counts[name] === undefined)).toEqual([])
})

function holdsOf(shop: Shop): Map<string, Hold> {
  return new Map(shop.holds().map((hold) => [hold.reservation ?? hold.id, hold]))
}

/** Bonuses are spent for what was held and let off, all of it and nothing else; otherwise the order has nothing of it. */
function codeProblems(
  shop: Shop,
  command: LoyaltyCommand,
  decided: Decided,
  before: Map<string, Hold>,
): string[] {
  if (command.kind !== 'purchase' || command.told === undefined || isRefusal(decided)) return []
  const { told, orderId } = command
  const was = before.get(codeIn(told)!)!
  const hold = shop.holdOf(was.id)!
  const order = decided.order!
  const isSpentFor = decided.entries.some(({ kind, amountMinor }) => kind === 'spend' && amountMinor < 0)
  const isNow = was.state !== 'captured' && hold.state === 'captured'
  const wrong = {
    'a hold is captured without a spend': isNow !== isSpentFor,
    'a hold is captured for another order': isNow && hold.orderId !== orderId,
    'a hold is captured for another discount': isNow && told.discountMinor !== hold.amountMinor,
    'a hold is captured for nobody’s word': isNow && hold.confirmedAt === null,
    'a doubted order has something': isSuspect(order) && order.earnedMinor + (order.countedMinor ?? 0) > 0,
    'a doubted code is still held':
      isSuspect(order) && !decided.repeated && isOpen(hold) && decided.freed === undefined,
    'what is paid is not what is told':
      isNow &&
      order.facts!.amountMinor !== command.facts.amountMinor + (told.isAfterDiscount ? hold.amountMinor : 0),
  }
  return Object.entries(wrong).flatMap(([problem, is]) => (is ? [problem] : []))
}

const SEEN = [
  'purchase accepted',
  'state accepted',
  'refund accepted',
  'spend accepted',
  'hold accepted',
  'confirm-hold accepted',
  'capture-hold accepted',
  'void-hold accepted',
  'register accepted',
  'adjust accepted',
  'activate-lot accepted',
  'cancel-lot accepted',
  'judge-referral accepted',
  'birthday accepted',
  'forfeit accepted',
  'settle accepted',
  'earn referral',
  'activate scheduled',
  'release expired',
  'refund order',
  'reverse purchase',
  'reverse referral',
  'reservation-foreign',
  'reservation-unconfirmed',
  'reservation-expired',
  'reservation-released',
  'reservation-used',
  'reservation-discount',
]
