import type { components } from '@tapline/client'
import { findCustomer } from './customers/find-customer.ts'
import { decideRegistration } from './customers/decide-registration.ts'
import { openDesk } from './books/open-desk.ts'
import type { Done } from './decided.ts'
import { recordEvents } from './events/record-event.ts'
import { payByCode } from './holds/reservation.ts'
import { presentRefusal } from './present.ts'
import { decidePurchase } from './orders/decide-order.ts'
import { decideRefund } from './orders/decide-refund.ts'
import { decideSpend } from './orders/decide-spend.ts'
import type { Command } from './read/command.ts'
import { readAction } from './read/read-action.ts'
import { differences } from './read/same-command.ts'
import { isRefusal, refuse, type Refusal } from './refusal.ts'
import { keyOf, type InboxItem, type Shop } from './state.ts'

type Schemas = components['schemas']
type Line = NonNullable<Schemas['Accepted']['lines']>[number]
type Outcome = {
  id: string
  status: 'processed' | 'refused' | 'rejected'
  repeated?: boolean
  result?: Schemas['Result']
  refusal?: Refusal
}

/** `atOnce`: also told to whoever does not wait; the rest only to those who do. */
export type DoorAnswer = { atOnce: boolean; waited: boolean } & (
  { accepted: Schemas['Accepted'] } | { refusal: Refusal; inboxItemId: string }
)

const ACTIONS = {
  purchase: 'purchase',
  register: 'register_user',
  spend: 'spend_bonuses',
  refund: 'refund',
} as const

/** What was turned away before it was read stands in the log too. */
export function turnAway(shop: Shop, refusal: Refusal, requestId: string): DoorAnswer {
  const { id } = log(shop, requestId, { status: 'rejected', refusal })
  return { refusal, inboxItemId: id, atOnce: true, waited: false }
}

/** One request of a storefront. It is processed at once, whatever it will be answered. */
export function receive(
  shop: Shop,
  text: string,
  requestId: string,
  tell: (refusal: Refusal) => string,
): DoorAnswer {
  const read = readAction(text, shop.state.currency)
  if (isRefusal(read)) return turnAway(shop, read, requestId)
  if ('lines' in read) {
    const parent = log(shop, requestId, { status: 'processed', action: read.action, httpStatus: 202 })
    const lines = read.lines.map((command, line): Line => {
      if (isRefusal(command)) return { line, status: 'rejected', problem: problemOf(command, tell) }
      const { id, status, repeated, result, refusal } = accept(shop, requestId, command, {
        parentId: parent.id,
        line,
      })
      return {
        line,
        id,
        status,
        ...(repeated && { repeated }),
        ...(result && { result }),
        ...(refusal && { problem: problemOf(refusal, tell) }),
      }
    })
    return { accepted: { id: parent.id, status: 'processed', lines }, atOnce: false, waited: true }
  }
  const { id, status, repeated, result, refusal } = accept(shop, requestId, read.command, {})
  const waited = repeated !== true && status !== 'rejected'
  const told = { waited, atOnce: !waited || read.command.kind === 'spend' }
  if (refusal !== undefined) return { refusal, inboxItemId: id, ...told }
  const accepted = {
    id,
    status: 'processed' as const,
    ...(repeated && { repeated }),
    ...(result && { result }),
  }
  return { accepted, ...told }
}

/** What has come before answers with the first result; what was refused claims nothing. */
function accept(shop: Shop, requestId: string, command: Command, place: Partial<InboxItem>): Outcome {
  const { claims } = shop.state
  const about = 'orderId' in command ? { storefront: command.storefront, orderId: command.orderId } : {}
  const entry = { ...place, ...about, action: ACTIONS[command.kind] }
  const claim = claimOf(command)
  const known = claim === undefined ? undefined : claims.get(claim)
  if (known !== undefined) {
    const differs = differences(known.command, command)
    if (differs.length > 0) {
      const refusal = conflictOf(command, differs)
      const item = log(shop, requestId, {
        ...entry,
        status: 'rejected',
        repeatOf: known.itemId,
        refusal,
        httpStatus: 409,
      })
      // A line of a batch is known by what it contradicts, a request by its own entry in the log.
      return { id: place.parentId === undefined ? item.id : known.itemId, status: 'rejected', refusal }
    }
    const isNowPaid = known.command.kind === 'purchase' && command.kind === 'purchase' && command.paid && !known.command.paid // prettier-ignore
    if (!isNowPaid) {
      log(shop, requestId, { ...entry, status: 'repeated', repeatOf: known.itemId, httpStatus: 200 })
      return { id: known.itemId, status: 'processed', repeated: true, result: known.result }
    }
  }
  const item = log(shop, requestId, {
    ...entry,
    status: 'accepted',
    httpStatus: command.kind === 'spend' ? 200 : 202,
  })
  const done = perform(shop, command)
  if (isRefusal(done)) {
    const refusal = presentRefusal(done, shop.state.currency)
    Object.assign(item, { status: 'refused', refusal })
    if (command.kind === 'purchase' || command.kind === 'refund') {
      const { kind: action, orderId, storefront } = command
      const told = { orderId, storefront, inboxItemId: item.id, action, code: done.refused }
      recordEvents(shop, [{ type: 'order.rejected', ...told }], null)
    }
    return { id: item.id, status: 'refused', refusal }
  }
  Object.assign(item, { status: 'processed', result: done.result })
  if (claim !== undefined) claims.set(claim, { itemId: item.id, command, result: done.result })
  return { id: item.id, status: 'processed', result: done.result }
}

function perform(shop: Shop, command: Command): Pick<Done, 'result'> | Refusal {
  const customerId = whose(shop, command)
  if (isRefusal(customerId)) return customerId
  const desk = () => openDesk(shop, customerId)
  switch (command.kind) {
    case 'register': {
      const { name, birthday, telegramId, locale } = command
      setProfile(shop, customerId, { name, birthday, telegramId, locale })
      return { result: decideRegistration(desk()) }
    }
    case 'purchase': {
      const { amountMinor, currency, lines, paid, storefront, orderId, utm, name, referralCode } = command
      setProfile(shop, customerId, { name })
      const isKnownCode = [...shop.state.books.values()].some(
        ({ account }) => account.referralCode === referralCode,
      )
      const at = desk()
      const { payment, flags } = payByCode(at, command)
      return decidePurchase(at, {
        storefront,
        orderId,
        facts: { amountMinor, currency, lines },
        stage: paid ? 'paid' : 'created',
        cancelled: false,
        payment,
        flags: referralCode === undefined || isKnownCode ? flags : [...flags, 'referral-code-unknown'],
        utm,
      })
    }
    case 'spend':
      return decideSpend(desk(), command)
    case 'refund':
      return decideRefund(desk(), command)
  }
}

/** Of a refund, the order knows better than the refund. */
function whose(shop: Shop, command: Command): string | Refusal {
  if (command.kind === 'refund') {
    const { storefront, orderId, contact } = command
    const order = shop.state.orders.get(keyOf(command))
    if (order !== undefined) return order.customerId
    if (contact === undefined) return refuse('order-not-found', { orderId, storefront })
    return findCustomer(shop, contact, true)
  }
  return findCustomer(shop, command.contact, command.kind !== 'spend')
}

type Profile = Partial<Record<'name' | 'birthday' | 'telegramId' | 'locale', string | undefined>>

function setProfile({ state }: Shop, customerId: string, profile: Profile): void {
  const given = Object.entries(profile).filter(([, value]) => value !== undefined)
  Object.assign(state.customers.get(customerId)!, Object.fromEntries(given))
}

/** An order can be bought and paid for once; of its refunds, each once. */
function claimOf(command: Command): string | undefined {
  if (command.kind === 'register') return undefined
  const order = `${command.kind}:${command.storefront}:${command.orderId}`
  return command.kind === 'refund' ? `${order}:${encodeURIComponent(command.refundId)}` : order
}

function conflictOf(command: Command, differs: string[]): Refusal {
  const { orderId, storefront } = command as Exclude<Command, { kind: 'register' }>
  return command.kind === 'refund'
    ? refuse('refund-conflict', { orderId, storefront, refundId: command.refundId, differs })
    : refuse('order-conflict', { orderId, storefront, differs })
}

function problemOf(refusal: Refusal, tell: (refusal: Refusal) => string): NonNullable<Line['problem']> {
  return { code: refusal.refused, detail: tell(refusal), ...(refusal.errors && { errors: refusal.errors }) }
}

function log(shop: Shop, requestId: string, item: Partial<InboxItem> & Pick<InboxItem, 'status'>): InboxItem {
  const whole: InboxItem = {
    action: null,
    storefront: null,
    orderId: null,
    parentId: null,
    line: null,
    repeatOf: null,
    httpStatus: null,
    refusal: null,
    result: null,
    ...item,
    id: shop.newId('inboxItem'),
    requestId,
    receivedAt: shop.now(),
  }
  shop.state.inbox.push(whole)
  return whole
}
