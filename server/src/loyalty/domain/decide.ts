import { isRefusal, refuse } from '../../kernel/refusal.ts'
import { isExact } from './book.ts'
import type { LoyaltyCommand } from './command.ts'
import { decideAdjustment, decideForfeit, decideLot, forfeit } from './decide-adjustment.ts'
import { decideBirthday, decideRegistration } from './decide-gift.ts'
import { decideHold, decideHoldStep } from './decide-hold.ts'
import { decidePurchase, decideState } from './decide-order.ts'
import { decideReferral } from './decide-referral.ts'
import { decideRefund } from './decide-refund.ts'
import { decideSpend } from './decide-spend.ts'
import type { Decision, Situation } from './decision.ts'
import { conclude, openDesk, type Decided, type Desk } from './desk.ts'

export type { Decided }

/** What a command does to the books, or why it may not: pure, and the whole of the loyalty rules. */
export function decide(command: LoyaltyCommand, situation: Situation): Decided {
  const { account } = situation.book
  if (account.erased && !ENDS.has(command.kind) && situation.order === undefined)
    return refuse('customer-erased', { customerId: account.customerId })
  const desk = openDesk({
    ...situation,
    referrer: situation.referrer?.account.erased ? undefined : situation.referrer,
  })
  const decided = judge(command, desk)
  if (isRefusal(decided)) return decided
  const ended = account.erased && !decided.repeated ? endAgain(desk, decided) : decided
  return ended.books.every(isExact) ? ended : refuse('amount-too-large')
}

/** What an erased customer may still be told of, beside orders that are known. */
const ENDS: ReadonlySet<LoyaltyCommand['kind']> = new Set(['settle', 'forfeit', 'void-hold'])

/** An old order of an erased customer goes on, but nothing of it stays with anybody. */
function endAgain(desk: Desk, { order, orders, result }: Decision): Decision {
  forfeit(desk)
  const ended = conclude(desk, order)
  return { ...ended, ...(orders !== undefined && { orders }), result: { ...result, ...ended.result } }
}

function judge(command: LoyaltyCommand, desk: Desk): Decided {
  switch (command.kind) {
    case 'purchase':
      return decidePurchase(command, desk)
    case 'state':
      return decideState(command, desk)
    case 'refund':
      return decideRefund(command, desk)
    case 'spend':
      return decideSpend(command, desk)
    case 'hold':
      return decideHold(command, desk)
    case 'confirm-hold':
    case 'capture-hold':
    case 'void-hold':
      return decideHoldStep(command, desk)
    case 'register':
      return decideRegistration(command, desk)
    case 'birthday':
      return decideBirthday(command, desk)
    case 'adjust':
      return decideAdjustment(command, desk)
    case 'activate-lot':
    case 'cancel-lot':
      return decideLot(command, desk)
    case 'judge-referral':
      return decideReferral(command, desk)
    case 'forfeit':
      return decideForfeit(desk)
    case 'settle':
      return conclude(desk, undefined)
  }
}
