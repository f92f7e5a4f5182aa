import { refuse, type Refusal } from '../refusal.ts'
import type { Shop } from '../state.ts'
import type { Participant } from './chat-state.ts'

/** The bot that speaks for the shop bears its name. */
export const SHOP_NAME = 'Mocks'

/** Whom a caller speaks for: a session or an agent for itself, a backend for whom it names, else for the shop's bot. */
export function speakerOf(
  shop: Shop,
  caller: Participant | undefined,
  senderId: string | undefined,
): Participant | Refusal {
  if (caller !== undefined) return senderId === undefined ? caller : refuse('forbidden')
  if (senderId === undefined) return botOf(shop, SHOP_NAME)
  const participant = shop.state.chat.participants.get(senderId)
  return participant !== undefined && (participant.kind === 'bot' || participant.kind === 'customer')
    ? participant
    : refuse('participant-not-found')
}

export function botOf(shop: Shop, name: string): Participant {
  const known = [...shop.state.chat.participants.values()].find(
    (one) => one.kind === 'bot' && one.name === name,
  )
  return known ?? add(shop, { kind: 'bot', name })
}

/** The same one for the same customer, by the newest name. */
export function ofCustomer(shop: Shop, customerId: string, name: string | null): Participant {
  const known = findOfCustomer(shop, customerId)
  if (known === undefined) return add(shop, { kind: 'customer', customerId, name })
  known.name = name ?? known.name
  return known
}

export function findOfCustomer({ state }: Shop, customerId: string): Participant | undefined {
  return [...state.chat.participants.values()].find((one) => one.customerId === customerId)
}

export function add(
  shop: Shop,
  {
    kind,
    name,
    customerId = null,
    agentId = null,
  }: Pick<Participant, 'kind' | 'name'> & Partial<Participant>,
): Participant {
  const participant = { id: shop.newId('participant'), kind, name, customerId, agentId }
  shop.state.chat.participants.set(participant.id, participant)
  return participant
}

export function isTeam({ kind }: Participant): boolean {
  return kind === 'agent' || kind === 'bot'
}
