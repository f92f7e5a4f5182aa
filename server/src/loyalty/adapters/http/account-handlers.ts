import type { Handlers } from '../../../http/handlers.ts'
import { formatMoney, parseMoney } from '../../../kernel/money.ts'
import { isRefusal, refuse } from '../../../kernel/refusal.ts'
import { balanceOf, inSpendingOrder } from '../../domain/book.ts'
import { settled } from '../../domain/settle-due.ts'
import type { adjustByHand } from '../../adjust-by-hand.ts'
import type { explainEntry } from '../../explain-entry.ts'
import type { Ledger } from '../../ports/ledger.ts'
import type { Projects } from '../../ports/neighbours.ts'
import type { Programs } from '../../ports/programs.ts'
import type { Engine } from '../../run-engine.ts'
import { explainInWords } from './explain-in-words.ts'
import { invalidMoney } from './order-handlers.ts'
import {
  presentAppraisal,
  presentEntry,
  presentLot,
  presentMovements,
  presentReferral,
  time,
} from './present.ts'
import type { Audit } from './program-handlers.ts'

type Dependencies = {
  ledger: Ledger
  programs: Programs
  projects: Projects
  engine: Engine
  explain: ReturnType<typeof explainEntry>
  adjust: ReturnType<typeof adjustByHand>
  newId: (kind: 'entry') => string
  sha256: (text: string) => string
  record: Audit
}

type Operations =
  | 'listEntries'
  | 'explainEntry'
  | 'listLots'
  | 'activateLot'
  | 'cancelLot'
  | 'adjustBonuses'
  | 'listReferrals'
  | 'acceptReferral'
  | 'rejectReferral'

const PAGE = 50

/** A customer's account as staff see and steer it. */
export function accountHandlers(dependencies: Dependencies): Pick<Handlers, Operations> {
  const { ledger, programs, projects, engine, explain, adjust, newId, sha256, record } = dependencies

  async function steer(
    projectId: string,
    customerId: string,
    lotId: string,
    kind: 'activate-lot' | 'cancel-lot',
  ) {
    const { currency } = await projects.facts(projectId)
    if ((await ledger.account(projectId, customerId)) === undefined) return refuse('customer-not-found')
    const outcome = (await engine.runCommand(
      projectId,
      { customerId, command: { kind, lotId } },
      (transaction) =>
        record(transaction, projectId, kind === 'activate-lot' ? 'lot.activated' : 'lot.cancelled', {
          customerId,
          lotId,
        }),
    )) as object
    if (isRefusal(outcome)) return outcome
    return { status: 200 as const, body: presentLot((await ledger.lot(projectId, lotId))!, currency) }
  }

  async function judge(projectId: string, customerId: string, accept: boolean) {
    if ((await ledger.account(projectId, customerId)) === undefined) return refuse('customer-not-found')
    const outcome = (await engine.runCommand(
      projectId,
      { customerId, command: { kind: 'judge-referral', accept } },
      (transaction) =>
        record(transaction, projectId, accept ? 'referral.accepted' : 'referral.rejected', { customerId }),
    )) as object
    if (isRefusal(outcome)) return outcome
    const { account } = (await ledger.account(projectId, customerId))!
    const { referredBy, referral, referralDoubt, referredAt } = account
    return {
      status: 200 as const,
      body: presentReferral({
        friendId: customerId,
        referrerId: referredBy!,
        state: referral,
        doubt: referralDoubt,
        referredAt,
      }),
    }
  }

  async function adjusted(projectId: string, customerId: string, amountMinor: number) {
    const [standing, program, { currency, timeZone, clockOffsetMs }] = await Promise.all([
      ledger.account(projectId, customerId),
      programs.current(projectId),
      projects.facts(projectId),
    ])
    const now = standing!.now + clockOffsetMs
    const { lots } = settled(standing!, { program, timeZone, now })
    const { availableMinor } = balanceOf(lots, now, 0)
    return {
      customerId,
      amount: formatMoney(amountMinor, currency),
      available: formatMoney(availableMinor, currency),
    }
  }

  return {
    listEntries: async ({ caller: { projectId }, path, query }) => {
      const { currency } = await projects.facts(projectId)
      if ((await ledger.account(projectId, path.customerId)) === undefined)
        return refuse('customer-not-found')
      const before = query.cursor === undefined ? undefined : Number(query.cursor)
      if (before !== undefined && !Number.isSafeInteger(before)) return refuse('invalid-request')
      const { data, nextCursor } = await ledger.entries(
        projectId,
        path.customerId,
        query.limit ?? PAGE,
        before,
      )
      return { status: 200, body: { data: data.map((entry) => presentEntry(entry, currency)), nextCursor } }
    },

    explainEntry: async ({ caller: { projectId }, path: { entryId }, locale }) => {
      const { currency, timeZone } = await projects.facts(projectId)
      const explained = await explain(projectId, entryId)
      if (isRefusal(explained)) return explained
      const { entry, order, program, appraisal, keptMinor } = explained
      const money = (minor: number) => formatMoney(minor, currency)
      return {
        status: 200,
        body: {
          entryId,
          customerId: entry.customerId,
          kind: entry.kind,
          amount: money(entry.amountMinor),
          sentences: explainInWords(explained, currency, timeZone, locale),
          programVersion: order?.terms?.programVersion ?? entry.programVersion,
          order:
            appraisal === undefined || !order?.facts || order.terms === null || program === undefined
              ? null
              : {
                  orderId: order.orderId,
                  storefront: order.storefront,
                  amount: money(order.facts.amountMinor),
                  spent: money(order.spentMinor),
                  base: money(appraisal.baseMinor),
                  percent: order.terms.percentBp / 100,
                  tier: order.terms.tier,
                  rounding: order.terms.rounding,
                  roundedBy: (appraisal.roundingE4 / 10_000).toFixed(4),
                  nothingBecause: appraisal.nothingBecause,
                  earned: money(appraisal.earnedMinor),
                  kept: money(keptMinor ?? appraisal.earnedMinor),
                  ...presentAppraisal(appraisal, order.facts, program, currency),
                },
          lots: presentMovements(entry, currency),
          details: entry.details,
          occurredAt: time(entry.occurredAt),
        },
      }
    },

    listLots: async ({ caller: { projectId }, path: { customerId } }) => {
      const [standing, program, { currency, timeZone, clockOffsetMs }] = await Promise.all([
        ledger.account(projectId, customerId),
        programs.current(projectId),
        projects.facts(projectId),
      ])
      if (standing === undefined) return refuse('customer-not-found')
      const { lots } = settled(standing, { program, timeZone, now: standing.now + clockOffsetMs })
      const open = inSpendingOrder(lots.filter(({ remainingMinor }) => remainingMinor > 0))
      return { status: 200, body: { data: open.map((lot) => presentLot(lot, currency)), nextCursor: null } }
    },

    activateLot: ({ caller: { projectId }, path }) =>
      steer(projectId, path.customerId, path.lotId, 'activate-lot'),
    cancelLot: ({ caller: { projectId }, path }) =>
      steer(projectId, path.customerId, path.lotId, 'cancel-lot'),

    adjustBonuses: async ({ caller: { projectId }, path: { customerId }, body, idempotencyKey }) => {
      const { currency, clockOffsetMs } = await projects.facts(projectId)
      const { amount, reason, staff, expiresAt } = body
      const size = parseMoney(amount.replace(/^-/, ''), currency)
      if (size === undefined || size === 0) return invalidMoney('/amount', currency)
      const endsAt = expiresAt === undefined ? undefined : Date.parse(expiresAt)
      if (endsAt !== undefined && endsAt <= (await ledger.now()) + clockOffsetMs) return refuse('expiry-past')
      const amountMinor = amount.startsWith('-') ? -size : size
      // The key of the caller makes it happen once; hashed, since it may hold anything.
      const effectId = idempotencyKey === undefined ? newId('entry') : sha256(idempotencyKey).slice(0, 32)
      const outcome = await adjust(projectId, {
        customerId,
        amountMinor,
        reason,
        staff: staff.trim(),
        expiresAt: endsAt,
        effectId,
      })
      if (isRefusal(outcome)) return outcome
      return { status: 200, body: await adjusted(projectId, customerId, amountMinor) }
    },

    listReferrals: async ({ caller: { projectId }, query }) => {
      const { data, nextCursor } = await ledger.referrals(
        projectId,
        query.state ?? 'review',
        query.limit ?? PAGE,
        query.cursor,
      )
      return { status: 200, body: { data: data.map(presentReferral), nextCursor } }
    },

    acceptReferral: ({ caller: { projectId }, path }) => judge(projectId, path.customerId, true),
    rejectReferral: ({ caller: { projectId }, path }) => judge(projectId, path.customerId, false),
  }
}
