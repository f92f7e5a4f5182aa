import { formatMoney, parseMoney } from './kernel/money.ts'
import { isRefusal, refuse, type Refusal } from './kernel/refusal.ts'
import { ConcurrentChange } from './kernel/retryable-error.ts'
import type { Transaction } from './kernel/transaction.ts'
import { codeOfHold } from './loyalty/adapters/code-of-hold.ts'
import { presentStanding } from './loyalty/adapters/http/present-standing.ts'
import type { Hold } from './loyalty/domain/book.ts'
import { orderStatus } from './loyalty/domain/desk.ts'
import { nextToExpire } from './loyalty/domain/next-to-expire.ts'
import { isOurs } from './loyalty/domain/reservation.ts'
import { settled } from './loyalty/domain/settle-due.ts'
import type { Program } from './loyalty/domain/program.ts'
import type { adjustByHand } from './loyalty/adjust-by-hand.ts'
import type { answerHold } from './loyalty/answer-hold.ts'
import type { Ledger, Standing } from './loyalty/ports/ledger.ts'
import type { CustomerStore } from './customers/ports/customer-store.ts'

type Contact = { email?: string; phone?: string; externalId?: string }

type Dependencies<Rules> = {
  customers: Pick<CustomerStore, 'find' | 'ownersOf' | 'linkTelegram'> & {
    erase: (projectId: string, customerId: string) => Promise<object | Refusal>
  }
  loyalty: {
    standings: (
      projectId: string,
      customerIds: string[],
    ) => Promise<{
      standings: Map<string, Standing>
      program: Program
      currency: string
      timeZone: string
    }>
    holds: ReturnType<typeof answerHold>
    adjust: ReturnType<typeof adjustByHand>
    ledger: Pick<Ledger, 'entries' | 'latestOrders' | 'broughtBy'>
  }
  currencyOf: (projectId: string) => Promise<string>
  rulesOf: (projectId: string) => Promise<Rules>
  readContact: (said: { phone: string }, rules: Rules) => Contact | Refusal
  /** Makes a customer with its account, or gives a known one what it was not known by. */
  enrol: (
    projectId: string,
    contact: Contact,
    name: string | undefined,
  ) => Promise<{ customerId: string } | Refusal>
  sha256: (text: string) => string
}

export type Pocket = ReturnType<typeof servePocket>

export type PocketHold = {
  holdId: string
  customerId: string
  /** Null: of a cart, which is no order yet. */
  orderId: string | null
  amount: string
  currency: string
  /** The same on both screens. */
  code: string
  state: Hold['state']
  /** By the project's clock, as everything here. */
  expiresAt: Date
}

const EXPIRING_DAYS = 3
const LATEST_ORDERS = 3

/** What a customer sees of itself outside of the shop, and an agent of the customer: bonuses as words and money, no rules. */
export function servePocket<Rules>(dependencies: Dependencies<Rules>) {
  const { customers, loyalty, currencyOf, rulesOf, readContact, enrol, sha256 } = dependencies

  /** Whoever it is now. */
  async function person(projectId: string, customerId: string) {
    const found = await customers.find(projectId, customerId)
    return found?.erasedAt === null ? found : undefined
  }

  async function present(projectId: string, hold: Hold): Promise<PocketHold> {
    const currency = await currencyOf(projectId)
    const { id: holdId, customerId, orderId, reservation, amountMinor, state, expiresAt } = hold
    const amount = formatMoney(amountMinor, currency)
    return {
      holdId,
      customerId,
      orderId: orderId === reservation ? null : orderId,
      amount,
      currency,
      code: codeOfHold(holdId),
      state,
      expiresAt: new Date(expiresAt),
    }
  }

  async function answer(
    kind: 'confirm' | 'decline',
    projectId: string,
    holdId: string,
    customerId: string,
  ): Promise<PocketHold | Refusal> {
    const customer = await person(projectId, customerId)
    if (customer === undefined) return refuse('hold-not-found', { holdId })
    const hold = await loyalty.holds[kind](projectId, holdId, customer.id)
    return isRefusal(hold) ? hold : present(projectId, hold)
  }

  async function standingOf(projectId: string, customerId: string) {
    const { standings, program, currency, timeZone } = await loyalty.standings(projectId, [customerId])
    const standing = standings.get(customerId)
    if (standing === undefined) return undefined
    const { lots } = settled(standing, { program, timeZone, now: standing.now })
    return {
      ...presentStanding(standing, program, currency, timeZone),
      expiring: nextToExpire(lots, { now: standing.now, timeZone, days: EXPIRING_DAYS }),
      program,
      currency,
    }
  }

  return {
    /** Undefined: the customer is unknown, or was erased. */
    async of(projectId: string, customerId: string) {
      const customer = await person(projectId, customerId)
      if (customer === undefined) return undefined
      const [standing, brought] = await Promise.all([
        standingOf(projectId, customer.id),
        loyalty.ledger.broughtBy(projectId, customer.id, customer.mergedFrom),
      ])
      if (standing === undefined) return undefined
      const { bonuses, tier, program, currency, referralCode: code, expiring } = standing
      const money = (minor: number) => formatMoney(minor, currency)
      return {
        customerId: customer.id,
        name: customer.name,
        balance: bonuses.available,
        pending: bonuses.pending,
        held: bonuses.held,
        debt: bonuses.debt,
        currency,
        /** What comes back of an order, in all. */
        percent: tier.earnPercent,
        tier: tier.name === null ? null : { name: tier.name, percent: tier.earnPercent },
        next:
          tier.nextTier === null || tier.toNextTier === null
            ? null
            : { name: tier.nextTier, missing: tier.toNextTier, by: program.tierPolicy.by },
        expiring: expiring.map(({ amountMinor, at }) => ({ amount: money(amountMinor), at: new Date(at) })),
        referral: !givesForFriends(program)
          ? null
          : {
              code,
              link: program.referralUrl?.replaceAll('{code}', encodeURIComponent(code)) ?? null,
              invited: brought.friends,
              earned: money(Math.max(0, brought.earnedMinor)),
            },
      }
    },

    /** The newest first; `next` is what `before` has to be for the lines after these, null when there are none. */
    async history(
      projectId: string,
      customerId: string,
      { limit, before }: { limit: number; before?: number | undefined },
    ) {
      const [customer, currency] = await Promise.all([person(projectId, customerId), currencyOf(projectId)])
      if (customer === undefined) return { lines: [], next: null }
      const { data, nextCursor } = await loyalty.ledger.entries(projectId, customer.id, limit, before)
      return {
        lines: data.map(({ occurredAt, kind, amountMinor, reason, orderId }) => ({
          at: new Date(occurredAt),
          kind,
          amount: formatMoney(amountMinor, currency),
          reason,
          orderId: orderId === null || isOurs(orderId) ? null : orderId,
        })),
        next: nextCursor === null ? null : Number(nextCursor),
      }
    },

    /** What an agent should know of whoever asks. */
    async card(projectId: string, customerId: string) {
      const customer = await person(projectId, customerId)
      if (customer === undefined) return undefined
      const [standing, orders] = await Promise.all([
        standingOf(projectId, customer.id),
        loyalty.ledger.latestOrders(projectId, customer.id, LATEST_ORDERS),
      ])
      if (standing === undefined) return undefined
      const { id, name, phones, emails, externalIds, createdAt } = customer
      return {
        customerId: id,
        name,
        phones,
        emails,
        externalIds,
        tier: standing.tier.name,
        balance: standing.bonuses.available,
        currency: standing.currency,
        totalSpent: standing.totalSpent,
        ordersCount: standing.ordersCount,
        orders: orders.map((order) => ({
          orderId: order.orderId,
          storefront: order.storefront,
          amount: order.facts === null ? null : formatMoney(order.facts.amountMinor, order.currency),
          currency: order.currency,
          state: orderStatus(order),
          at: new Date(order.createdAt),
        })),
        since: createdAt,
      }
    },

    /** Whose phone it is, or a new customer's: proven by Telegram, so that its account becomes the customer's too. */
    async enrolByPhone(
      projectId: string,
      phone: string,
      name: string | null,
      telegramId: string,
    ): Promise<{ customerId: string } | Refusal> {
      // Telegram writes them with the code of the country, and now and then without the plus.
      const written = phone.trim().replace(/^(?!\+)/, '+')
      const contact = readContact({ phone: written }, await rulesOf(projectId))
      if (isRefusal(contact)) return contact
      const identity = { kind: 'phone' as const, value: contact.phone! }
      const [owner] = await customers.ownersOf(projectId, [identity])
      // What somebody is called in Telegram is not what the shop calls its customer.
      const enrolled =
        owner === undefined
          ? await enrol(projectId, contact, name?.trim() || undefined)
          : { customerId: owner }
      if (isRefusal(enrolled)) return enrolled
      const { customerId } = enrolled
      if (!(await customers.linkTelegram(projectId, customerId, telegramId, undefined)))
        throw new ConcurrentChange(`${customerId} was erased just now`)
      return { customerId }
    },

    /** Where notices go; null: nowhere. */
    async linkTelegram(
      projectId: string,
      customerId: string,
      telegramId: string | null,
      transaction?: Transaction,
    ): Promise<Refusal | undefined> {
      const linked = await customers.linkTelegram(projectId, customerId, telegramId, transaction)
      return linked ? undefined : refuse('customer-not-found')
    },

    holds: {
      async awaiting(projectId: string, customerId: string): Promise<PocketHold[]> {
        const customer = await person(projectId, customerId)
        if (customer === undefined) return []
        const holds = await loyalty.holds.awaiting(projectId, customer.id)
        return Promise.all(holds.map((hold) => present(projectId, hold)))
      },
      async find(projectId: string, holdId: string): Promise<PocketHold | undefined> {
        const hold = await loyalty.holds.find(projectId, holdId)
        return hold === undefined ? undefined : present(projectId, hold)
      },
      confirm: (projectId: string, holdId: string, customerId: string) =>
        answer('confirm', projectId, holdId, customerId),
      decline: (projectId: string, holdId: string, customerId: string) =>
        answer('decline', projectId, holdId, customerId),
    },

    /** An agent gives bonuses: once for each `key`, with the reason in the audit log, within the program's limits of staff. */
    async grant(
      projectId: string,
      {
        customerId,
        amount,
        reason,
        key,
        agentId,
      }: { customerId: string; amount: string; reason: string; key: string; agentId: string },
    ): Promise<{ entryId: string; amount: string; balance: string; currency: string } | Refusal> {
      const [customer, currency] = await Promise.all([person(projectId, customerId), currencyOf(projectId)])
      if (customer === undefined) return refuse('customer-not-found')
      const amountMinor = parseMoney(amount, currency)
      if (amountMinor === undefined || amountMinor === 0) return refuse('amount-invalid', { currency })
      const entry = await loyalty.adjust(projectId, {
        customerId: customer.id,
        formerIds: customer.mergedFrom,
        amountMinor,
        reason,
        staff: agentId,
        effectId: sha256(`grant ${key}`).slice(0, 32),
      })
      if (isRefusal(entry)) return entry
      const standing = await standingOf(projectId, customer.id)
      return {
        entryId: entry.id,
        amount: formatMoney(entry.amountMinor, currency),
        balance: standing!.bonuses.available,
        currency,
      }
    },

    /** Forgets who it is, whoever it is now. */
    async erase(projectId: string, customerId: string): Promise<Refusal | undefined> {
      const customer = await customers.find(projectId, customerId)
      if (customer === undefined) return refuse('customer-not-found')
      const erased = await customers.erase(projectId, customer.id)
      return isRefusal(erased) ? erased : undefined
    },
  }
}

function givesForFriends({ referralPercentBp, referral }: Program): boolean {
  return referralPercentBp + referral.referrerBonusMinor + referral.friendBonusMinor > 0
}
