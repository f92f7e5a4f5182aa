import type { Transaction } from '../kernel/transaction.ts'
import type { Command } from './domain/board-command.ts'
import type { Sent } from './domain/choose-commands.ts'
import type { CommandRefusal, Synced } from './ports/board-api.ts'
import type { BoardStore, HeldBoard } from './ports/board-store.ts'

/** What has to be done after the results have been kept. */
export type Aftermath = {
  /** Tickets whose task is not there any more, with its id. */
  gone: Map<string, string>
  /** Tickets for whose task there was no room. */
  full: Set<string>
  /** Something that we name is not there. */
  isUnsound: boolean
  /** Something was written. */
  hasMoved: boolean
  /** How often what is to be tried again was tried, at the most; undefined where all is settled. */
  tries: number | undefined
}

const MOST_ATTEMPTS = 10

/** Each result by itself: done, tried again, given up, or without its task for now. */
export function settleCommands(boards: BoardStore) {
  return async (
    transaction: Transaction,
    { projectId }: HeldBoard,
    exchange: number,
    sent: readonly Sent[],
    { results, ids }: Pick<Synced, 'results' | 'ids'>,
  ): Promise<Aftermath> => {
    const aftermath: Aftermath = {
      gone: new Map(),
      full: new Set(),
      isUnsound: false,
      hasMoved: false,
      tries: undefined,
    }
    const failed = (command: Command, why: string) => {
      aftermath.tries = Math.max(aftermath.tries ?? 0, command.attempts)
      return boards.failed(transaction, projectId, command.key, { why, anew: true })
    }
    const finish = (command: Command, state: 'done' | 'dead', why: string | null) =>
      boards.finish(transaction, projectId, command.key, state, why)

    async function refused({ command, target }: Sent, refusal: CommandRefusal, task: string | null) {
      const { type, ticketId, attempts, args, key } = command
      const why = `${refusal.httpStatus} ${refusal.tag} ${refusal.why}`.trim()
      // What it hangs on failed before it, in this very request.
      if (/temp_?id/i.test(refusal.tag)) return failed(command, why)
      if (refusal.httpStatus >= 500 || refusal.httpStatus === 429)
        return type === 'item_add' || attempts + 1 < MOST_ATTEMPTS
          ? failed(command, why)
          : finish(command, 'dead', why)
      if (isFull(refusal) && (type === 'item_add' || type === 'item_uncomplete')) {
        aftermath.full.add(ticketId)
        return failed(command, why)
      }
      if (isMissing(refusal)) {
        if (type === 'note_update') return finish(command, 'done', why)
        // A section or a board that somebody took away.
        if (type === 'item_add' || type === 'item_move') aftermath.isUnsound = true
        else if (target !== null && target === task) aftermath.gone.set(ticketId, target)
        return attempts + 1 < MOST_ATTEMPTS ? failed(command, why) : finish(command, 'dead', why)
      }
      await finish(command, 'dead', why)
      if (type !== 'item_update' || !('responsible_uid' in args)) return
      // Without whom it was refused for, the rest of it is wanted still.
      const { responsible_uid: _, ...rest } = args
      if (Object.keys(rest).length > 0)
        await boards.add(transaction, projectId, [{ key: `${key}:rest`, ticketId, type, args: rest }])
      const known = await boards.lockTask(transaction, projectId, ticketId)
      if (known !== undefined)
        await boards.putTask(transaction, projectId, { ...known, assigneeUid: null, assignedAt: null })
    }

    // Held from the beginning, in one order.
    const tickets = [...new Set(sent.map(({ command }) => command.ticketId))]
    const tasks = await boards.lockTasks(transaction, projectId, tickets)
    const taskOf = new Map(tasks.map(({ ticketId, taskId }) => [ticketId, taskId]))
    const done = sent.filter(({ command }) => results.get(command.uuid) === 'ok')
    await boards.settleDone(
      transaction,
      projectId,
      exchange,
      done.map(({ command }) => ({ ...command, madeId: madeOf(command, ids) })),
    )
    for (const one of sent) {
      const result = results.get(one.command.uuid)
      if (result !== undefined && result !== 'ok')
        await refused(one, result, taskOf.get(one.command.ticketId) ?? null)
    }
    aftermath.hasMoved = done.length > 0
    return aftermath
  }
}

function madeOf({ tempId }: Command, ids: Synced['ids']): string | null {
  return tempId === null ? null : (ids.get(tempId) ?? null)
}

function isMissing({ httpStatus, tag, why }: CommandRefusal): boolean {
  return httpStatus === 404 || /not_?found|deleted/i.test(tag) || /not found|deleted/i.test(why)
}

function isFull({ tag, why }: CommandRefusal): boolean {
  return /limit|max_/i.test(tag) || /limit reached/i.test(why)
}
