import type { components } from '@tapline/openapi'
import type { Handlers } from '../../../http/handlers.ts'
import { parseMoney } from '../../../kernel/money.ts'
import { isRefusal, refuse, type Refusal } from '../../../kernel/refusal.ts'
import type { Payment, StateCommand } from '../../domain/command.ts'
import type { Stage } from '../../domain/order.ts'
import type { Ledger } from '../../ports/ledger.ts'
import type { CatchUp, Contact, Projects, Reader } from '../../ports/neighbours.ts'
import type { quoteOrder } from '../../quote-order.ts'
import type { Engine } from '../../run-engine.ts'
import { presentOrder, presentQuote } from './present.ts'

type Dependencies = {
  ledger: Ledger
  projects: Projects
  engine: Engine
  reader: Reader
  quote: ReturnType<typeof quoteOrder>
  /** What the same order, or the same customer, was told earlier and still waits. */
  catchUp: CatchUp
}

type Operations = 'quoteOrder' | 'getOrder' | 'putOrder' | 'refundOrder'
type State = components['schemas']['OrderState']

const STAGE: Readonly<Record<State['status'], Stage>> = {
  created: 'created',
  paid: 'paid',
  fulfilled: 'fulfilled',
  cancelled: 'created',
  // Nothing is given back that was not paid.
  refunded: 'paid',
  partially_refunded: 'paid',
}

export function orderHandlers(dependencies: Dependencies): Pick<Handlers, Operations> {
  const { ledger, projects, engine, reader, quote, catchUp } = dependencies

  return {
    quoteOrder: async ({ caller: { projectId }, body }) => {
      const { currency } = await projects.facts(projectId)
      const facts = await reader.goods(projectId, body)
      if (isRefusal(facts)) return facts
      const spendMinor = parseMoney(body.spend ?? 0, currency)
      if (spendMinor === undefined) return invalidMoney('/spend', currency)
      const who = body.customer === undefined ? undefined : await reader.who(projectId, body.customer)
      if (who !== undefined && isRefusal(who)) return who
      const find = async () => {
        const [customerId, referrerId] = await Promise.all([
          who !== undefined && 'contact' in who ? reader.lookUp(projectId, who.contact) : who?.customerId,
          ledger.referrerOf(projectId, codeOf(body.referralCode)),
        ])
        return typeof customerId === 'object' ? customerId : { customerId, referrerId }
      }
      const quoted = await quote(projectId, { find, facts, spendMinor })
      return isRefusal(quoted) ? quoted : { status: 200, body: presentQuote(quoted, facts) }
    },

    getOrder: async ({ caller: { projectId }, path, query }) => {
      const key = { storefront: query.storefront ?? 'api', orderId: path.orderId.trim() }
      const order = await ledger.order(projectId, key)
      return order === undefined ? refuse('order-not-found', key) : { status: 200, body: presentOrder(order) }
    },

    putOrder: async ({ caller: { projectId }, path, query, body }) => {
      const key = { storefront: query.storefront ?? 'api', orderId: path.orderId.trim() }
      const command = await readState(projectId, key, body)
      if (isRefusal(command)) return command
      await catchUp(projectId, { order: key })
      const outcome = await engine.runFor(projectId, async () => {
        const about = await whose(projectId, key, body.customer)
        if (isRefusal(about)) return about
        await catchUp(projectId, about)
        return { ...about, command, referralCode: codeOf(body.referralCode) }
      })
      if (isRefusal(outcome)) return outcome
      return { status: 200, body: presentOrder((await ledger.order(projectId, key))!) }
    },

    refundOrder: async ({ caller: { projectId }, path, query, body: said, idempotencyKey }) => {
      const body: components['schemas']['RefundInput'] = said ?? {}
      const key = { storefront: query.storefront ?? 'api', orderId: path.orderId.trim() }
      const { currency } = await projects.facts(projectId)
      const amountMinor = body.amount === undefined ? undefined : parseMoney(body.amount, currency)
      if (body.amount !== undefined && amountMinor === undefined) return invalidMoney('/amount', currency)
      if (body.amount !== undefined && body.items !== undefined) return refuse('refund-ambiguous')
      const isWhole = body.amount === undefined && body.items === undefined
      const refundId = body.refundId ?? idempotencyKey ?? (isWhole ? 'whole' : undefined)
      if (refundId === undefined) return refuse('refund-id-required')
      await catchUp(projectId, { order: key })
      const lines = body.items?.map(({ sku, externalId, name, quantity }) => ({
        key: String(sku ?? externalId ?? name),
        quantity,
      }))
      const outcome = await engine.runFor(projectId, async () => {
        const about = await whose(projectId, key, body.customer)
        if (isRefusal(about)) return about
        await catchUp(projectId, about)
        return {
          ...about,
          command: { kind: 'refund', ...key, refundId, amountMinor, lines, reason: body.reason },
        }
      })
      if (isRefusal(outcome)) return outcome
      return { status: 200, body: (outcome as { refund: components['schemas']['Refund'] }).refund }
    },
  }

  /** Whose order it is: the order knows, else the caller says. */
  async function whose(
    projectId: string,
    key: { storefront: string; orderId: string },
    said: State['customer'],
  ): Promise<{ customerId: string } | { contact: Contact } | Refusal> {
    const [order, who] = await Promise.all([
      ledger.order(projectId, key),
      said === undefined ? undefined : reader.who(projectId, said),
    ])
    if (who !== undefined && isRefusal(who)) return who
    if (order === undefined)
      return who ?? refuse(said === undefined ? 'order-not-found' : 'customer-not-found', key)
    if (who === undefined) return { customerId: order.customerId }
    const named = 'customerId' in who ? who.customerId : await reader.lookUp(projectId, who.contact)
    if (named !== undefined && typeof named !== 'string') return named
    return named === undefined || named === order.customerId
      ? { customerId: order.customerId }
      : refuse('order-conflict', { ...key, differs: ['customer'] })
  }

  async function readState(
    projectId: string,
    key: { storefront: string; orderId: string },
    body: State,
  ): Promise<StateCommand | Refusal> {
    const { currency } = await projects.facts(projectId)
    const { status, amount, refundedAmount, holdId, spend } = body
    if (status === 'partially_refunded' && refundedAmount === undefined)
      return refuse('refunded-amount-required')
    if (holdId !== undefined && spend !== undefined) return refuse('payment-ambiguous')
    const facts = amount === undefined ? undefined : await reader.goods(projectId, { ...body, amount })
    if (facts !== undefined && isRefusal(facts)) return facts
    const refundedMinor = refundedAmount === undefined ? undefined : parseMoney(refundedAmount, currency)
    if (refundedAmount !== undefined && refundedMinor === undefined)
      return invalidMoney('/refundedAmount', currency)
    const payment = readPayment(holdId, spend, currency)
    if (payment !== undefined && isRefusal(payment)) return payment
    const { promoCode, description, utm } = body
    const notes = Object.entries({ promoCode, description, utm }).filter(
      ([, note]) => note !== undefined && note !== null,
    )
    return {
      kind: 'state',
      ...key,
      facts,
      stage: STAGE[status],
      cancelled: status === 'cancelled',
      refundedMinor: status === 'refunded' ? 'all' : refundedMinor,
      payment,
      flags: [],
      notes: Object.fromEntries(notes),
    }
  }
}

function readPayment(
  holdId: string | undefined,
  spend: string | number | undefined,
  currency: string,
): Payment | Refusal | undefined {
  if (holdId !== undefined) return { holdId }
  if (spend === undefined) return undefined
  const amountMinor = parseMoney(spend, currency)
  return amountMinor === undefined ? invalidMoney('/spend', currency) : { amountMinor }
}

export function invalidMoney(pointer: string, currency: string): Refusal {
  return refuse('amount-invalid', { pointer, currency })
}

/** Codes are typed by people. */
function codeOf(code: string | null | undefined): string | undefined {
  return code?.trim().toUpperCase() || undefined
}
