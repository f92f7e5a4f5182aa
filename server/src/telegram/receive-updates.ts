import type { UnitOfWork } from '../kernel/transaction.ts'
import type { AddToLine } from '../kernel/line.ts'
import type { Bot, Bots } from './ports/bots.ts'

export type RawUpdate = { update_id: number; [kind: string]: unknown }

type Dependencies = {
  unitOfWork: UnitOfWork
  bots: Pick<Bots, 'seen'>
  add: AddToLine<RawUpdate>
}

/**
 * Keeps an update before Telegram hears that it was taken; it is worked on afterwards. In order within its chat: presses of
 * buttons stand in the same line as messages. Repeats are known by their ids, which are not always larger than the last one.
 */
export function receiveUpdates({ unitOfWork, bots, add }: Dependencies) {
  return async ({ projectId, botId }: Pick<Bot, 'projectId' | 'botId'>, update: RawUpdate): Promise<void> => {
    await unitOfWork((transaction) => add(transaction, [itemOf(projectId, botId, update)]))
    await bots.seen(projectId)
  }
}

export function itemOf(projectId: string, botId: string, update: RawUpdate) {
  return { projectId, line: lineOf(update), key: `${botId}:${update.update_id}`, body: update }
}

type Chatty = {
  chat?: { id?: unknown }
  from?: { id?: unknown }
  message?: { chat?: { id?: unknown } }
} | null

function lineOf(update: RawUpdate): string {
  const [, content] = Object.entries(update).find(([key]) => key !== 'update_id') ?? []
  const { chat, message, from } = (typeof content === 'object' ? (content as Chatty) : null) ?? {}
  const id = chat?.id ?? message?.chat?.id ?? from?.id
  return typeof id === 'number' || typeof id === 'string' ? String(id) : 'none'
}

export function isUpdate(value: unknown): value is RawUpdate {
  const id = (value as { update_id?: unknown } | null)?.update_id
  return Number.isSafeInteger(id)
}
