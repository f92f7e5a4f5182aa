import type { Answer, Caller } from '../http/request.ts'
import { presentParticipant } from '../shop/chat/present-chat.ts'
import { presentCustomer } from '../shop/present.ts'
import { isRefusal, refuse, type Refusal } from '../shop/refusal.ts'
import type { Shop } from '../shop/state.ts'
import { listEntries } from './customer-answers.ts'
import { newReservation } from '../shop/holds/reservation.ts'
import { getHold, putAside, voidHold } from './hold-answers.ts'
import { quoteOrder } from './order-answers.ts'

export const getMe: Answer<'getMe'> = (shop, { caller: { speaker } }) => {
  const { customerId } = speaker!
  const customer = customerId === null ? null : presentCustomer(shop, customerId)
  return { status: 200, body: { participant: presentParticipant(speaker!, false), customer } }
}

export const listMyEntries: Answer<'listMyEntries'> = (shop, request) => {
  const customerId = customerOf(request.caller)
  return isRefusal(customerId) ? customerId : listEntries(shop, { ...request, path: { customerId } })
}

export const quoteMyOrder: Answer<'quoteMyOrder'> = (shop, request) => {
  const id = request.caller.speaker?.customerId ?? undefined
  return quoteOrder(shop, {
    ...request,
    body: { ...request.body, ...(id !== undefined && { customer: { id } }) },
  })
}

/** Whoever has the browser is not yet whoever owns the bonuses. */
export const createMyHold: Answer<'createMyHold'> = (shop, request) => {
  const id = customerOf(request.caller)
  if (isRefusal(id)) return id
  const { orderId, ...wish } = request.body
  const reservation = orderId === undefined ? newReservation() : undefined
  const about = { orderId: orderId ?? reservation!, customer: { id }, awaitsConfirmation: true }
  return putAside(shop, { ...wish, ...about }, reservation)
}

export const getMyHold: Answer<'getMyHold'> = (shop, request) =>
  refusesHold(shop, request.path.holdId, request.caller) ?? getHold(shop, { ...request })

export const voidMyHold: Answer<'voidMyHold'> = (shop, request) =>
  refusesHold(shop, request.path.holdId, request.caller) ??
  (isConfirmed(shop, request.path.holdId) ? refuse('forbidden') : voidHold(shop, { ...request }))

function customerOf({ speaker }: Caller): string | Refusal {
  return speaker?.customerId ?? refuse('proof-required')
}

/** Then it is a promise to the shop. */
function isConfirmed({ state }: Shop, holdId: string): boolean {
  return [...state.books.values()].some(({ holds }) =>
    holds.some((hold) => hold.id === holdId && hold.state === 'active'),
  )
}

/** Another customer's is none. */
function refusesHold({ state }: Shop, holdId: string, caller: Caller): Refusal | undefined {
  const customerId = customerOf(caller)
  if (isRefusal(customerId)) return customerId
  const isMine = state.books.get(customerId)?.holds.some(({ id }) => id === holdId) === true
  return isMine ? undefined : refuse('hold-not-found', { holdId })
}
