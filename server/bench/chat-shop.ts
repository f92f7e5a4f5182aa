import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '../src/vault/new-id.ts'
import type { Pair, Seat } from './chat-link.ts'
import { askChat } from './chat-ticket.ts'
import { createShop, type Database, type Role } from './surroundings.ts'

export type ChatShop = Awaited<ReturnType<typeof openChatShop>>

type Conversation = { id: string; participants: { id: string }[] }

/** As an owner raises them who expects a rush. */
const CREDITS = { capacity: 100_000, refillSeconds: 1, projectPerSecond: 100_000 }
const AT_ONCE = 16

/** A shop that talks with its customers, set up over the API with its secret key. */
export async function openChatShop(api: Role, database: Database) {
  const { projectId, secretKey } = await createShop(api)
  const ask = <Body>(method: string, path: string, body?: object) =>
    askChat<Body>(api.port, secretKey, method, path, body)
  await ask('PUT', '/v1/chat-settings', { credits: CREDITS })
  // Every process knows of it within two seconds.
  await delay(2_100)

  const shop = {
    projectId,
    secretKey,
    /** As if they had bought something before: who is no customer cannot be spoken for. */
    async customers(count: number): Promise<string[]> {
      const ids = Array.from({ length: count }, () => newId('customer'))
      await database.sql.query('insert into customers (project_id, id) select $1, unnest($2::text[])', [
        projectId,
        ids,
      ])
      return together(count, async (index) => {
        const customer = { id: ids[index] }
        return (await ask<{ id: string }>('POST', '/v1/chat-participants', { customer })).id
      })
    },

    async bot(name: string): Promise<string> {
      return (await ask<{ id: string }>('POST', '/v1/chat-participants', { bot: { name } })).id
    },

    /** These take part and nobody else: who began it does not stay. */
    async conversation(participantIds: string[]): Promise<string> {
      const { id, participants } = await ask<Conversation>('POST', '/v1/conversations', { participantIds })
      for (const other of participants)
        if (!participantIds.includes(other.id))
          await ask('DELETE', `/v1/conversations/${id}/participants/${other.id}`)
      return id
    },

    seat: (participantId: string, conversationId: string): Seat => ({
      participantId,
      conversationId,
      secretKey,
    }),

    /** Each of them two customers with a conversation of their own. */
    async pairs(count: number): Promise<Pair[]> {
      const people = await shop.customers(count * 2)
      return together(count, async (pair) => {
        const [sender, reader] = [people[pair * 2]!, people[pair * 2 + 1]!]
        const conversationId = await shop.conversation([sender, reader])
        return { sender: shop.seat(sender, conversationId), reader: shop.seat(reader, conversationId) }
      })
    },
  }
  return shop
}

/** `count` of them in their order, a few at a time. */
export async function together<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = []
  let next = 0
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < count) {
        const index = next++
        made[index] = await make(index)
      }
    }),
  )
  return made
}

/** Seats at the baselines, which know nobody. */
export function barePairs(count: number): Pair[] {
  return Array.from({ length: count }, (_, index) => {
    const conversationId = String(index + 1)
    return {
      sender: { participantId: 'sender', conversationId, secretKey: null },
      reader: { participantId: 'reader', conversationId, secretKey: null },
    }
  })
}
