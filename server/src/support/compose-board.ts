import { createHash, randomUUID } from 'node:crypto'
import type { Locale } from '../kernel/locale.ts'
import { remember } from '../kernel/remember.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { takeTurns } from '../kernel/take-turns.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import { postgresLines } from '../lines/postgres-lines.ts'
import { runLines } from '../lines/run-lines.ts'
import { afterCommit, type Sql } from '../postgres/sql.ts'
import type { Vault } from '../vault/vault.ts'
import { todoistEvents } from './adapters/http/todoist-events.ts'
import { todoistHandlers } from './adapters/http/todoist-handlers.ts'
import { postgresBoards } from './adapters/postgres/postgres-boards.ts'
import { todoistApi } from './adapters/todoist/todoist-api.ts'
import { connectBoard } from './connect-board.ts'
import type { SupportSettings } from './domain/support-settings.ts'
import type { Ticket } from './domain/ticket.ts'
import { exchangeBoard, type BoardChange } from './exchange-board.ts'
import { hearBoard } from './hear-board.ts'
import type { AgentStore } from './ports/agent-store.ts'
import type { Audit } from './ports/neighbours.ts'
import type { Rooms } from './ports/rooms.ts'
import type { ReadAgentWords, Tickets } from './ports/tickets.ts'
import { showOnBoard } from './show-on-board.ts'
import { uploadToBoard } from './upload-to-board.ts'

type Dependencies = {
  sql: Sql
  /** Asked from inside transactions too: never of the pool that those hold. */
  lookUps: Sql
  unitOfWork: UnitOfWork
  vault: Vault
  apiRoot: string
  app: { clientId: string; clientSecret: string } | undefined
  pollMs: number
  works: boolean
  wakeOthers: (queue: 'todoist-in' | 'todoist', key: { projectId: string; line: string }) => void
  agents: AgentStore
  tickets: Tickets
  openTickets: (projectId: string) => Promise<Ticket[]>
  readWords: ReadAgentWords
  settingsOf: (projectId: string) => Promise<SupportSettings>
  shopOf: (projectId: string) => Promise<{ name: string; locale: Locale }>
  rooms: () => Rooms
  cardOf: Parameters<typeof showOnBoard>[0]['cardOf']
  fileOf: Parameters<typeof uploadToBoard>[0]['fileOf']
  botOf: (projectId: string) => Promise<{ participantId: string }>
  mostBytes: (projectId: string) => Promise<number>
  tell: (refusal: Refusal, locale: Locale) => string
  record: Audit
  onFull: (projectId: string, count: number) => Promise<void>
  onProblem: (projectId: string, problem: string | null) => void
  onFault: (where: string) => (error: unknown) => void
}

const FRESH_MS = 2_000
const BOARDS_AT_ONCE = 20
const TASKS_AT_ONCE = 12
const KEPT_MS = 3 * 86_400_000
const FORGOTTEN_AT_ONCE = 5_000

export type Boards = ReturnType<typeof composeBoard>

/** Todoist as the team's desk. */
export function composeBoard(dependencies: Dependencies) {
  const {
    sql,
    lookUps,
    unitOfWork,
    vault,
    apiRoot,
    app,
    pollMs,
    works,
    wakeOthers,
    agents,
    tickets,
    openTickets,
  } = dependencies
  const { readWords, settingsOf, shopOf, rooms, cardOf, fileOf, botOf, mostBytes, tell, record } =
    dependencies
  const { onFull, onProblem, onFault } = dependencies
  const boards = postgresBoards({ sql: lookUps, vault })
  const api = todoistApi({ apiRoot, app })
  const boardOf = remember(boards.find, { forMs: FRESH_MS })
  const forget = (projectId: string) => boardOf.forget(projectId)
  const localeOf = async (projectId: string) => (await shopOf(projectId)).locale

  const show = showOnBoard({
    boards,
    boardOf,
    agents,
    cardOf,
    settingsOf,
    localeOf,
    newId: randomUUID,
    wake: (transaction, projectId) => afterCommit(transaction, () => void hurry(projectId)),
  })
  async function fill(transaction: Transaction, projectId: string): Promise<void> {
    const board = await boards.find(projectId)
    if (board === undefined) return
    for (const ticket of await openTickets(projectId))
      await show.place(transaction, board, ticket, `place:${randomUUID()}`)
  }
  const changes = runLines<BoardChange>({
    store: postgresLines({ sql, queue: 'todoist-in' }),
    work: hearBoard({
      unitOfWork,
      boards,
      boardOf: boards.find,
      agents,
      tickets,
      readWords,
      rooms: {
        say: (...all) => rooms().say(...all),
        sayFile: (...all) => rooms().sayFile(...all),
        edit: (...all) => rooms().edit(...all),
        remove: (...all) => rooms().remove(...all),
        find: (...all) => rooms().find(...all),
      },
      show,
      botOf,
      nameOf: (_projectId, uid) => Promise.resolve(uid),
      download: async (projectId, file) => {
        const token = await boards.tokenOf(projectId)
        if (token === undefined) return 'pending'
        const most = await mostBytes(projectId)
        return file.size !== null && file.size > most ? 'too-large' : api.download(token, file.url, most)
      },
      topicOf: async (projectId, labels) => {
        const { topics } = await settingsOf(projectId)
        const found = topics.find(({ label }) => labels.includes(label))
        return topics.length === 0 ? undefined : (found?.key ?? null)
      },
      localeOf,
      hash: (text) => createHash('sha256').update(text).digest('base64url').slice(0, 22),
      tell,
    }),
    atOnce: TASKS_AT_ONCE,
    works,
    wakeOthers: (key) => wakeOthers('todoist-in', key),
    onFault: onFault('todoist-in'),
  })
  const connecting = connectBoard({
    unitOfWork,
    boards,
    api,
    shopOf,
    newUuid: randomUUID,
    record,
    fill,
    clearChanges: changes.clear,
    forget,
    wake: (projectId) => void hurry(projectId),
    onFull,
  })
  const exchanging = exchangeBoard({
    unitOfWork,
    boards,
    api,
    addChanges: changes.add,
    tasksHeard: changes.busy,
    upload: uploadToBoard({ boards, api, fileOf, localeOf }),
    onTaskGone: async (transaction, board, ticketId, key) => {
      const ticket = await tickets.find(board.projectId, ticketId)
      if (ticket !== undefined) await show.makeAgain(transaction, board, ticket, `gone:${key}`)
    },
    heal: connecting.heal,
    onFull: connecting.makeRoom,
    onMembers: async (projectId) => {
      forget(projectId)
      await unitOfWork((transaction) => fill(transaction, projectId))
      await hurry(projectId)
    },
    onProblem,
    pollMs,
    onFault: (error) => onFault('todoist')(error),
    now: () => Date.now(),
  })
  const turns = takeTurns<string>({
    atOnce: BOARDS_AT_ONCE,
    nameOf: (projectId) => projectId,
    work: exchanging.one,
    onFault: onFault('todoist'),
  })

  async function hurry(projectId: string): Promise<void> {
    try {
      await boards.hurry(projectId)
      if (works) turns.wake(projectId)
      else wakeOthers('todoist', { projectId, line: 'board' })
    } catch (error) {
      onFault('todoist')(error)
    }
  }

  return {
    face: show.face,
    find: boards.find,
    hasBoard: async (projectId: string) => (await boardOf(projectId)) !== undefined,
    connect: connecting.connect,
    handlers: todoistHandlers({
      find: boards.find,
      connect: connecting.connect,
      disconnect: connecting.disconnect,
      delivery: app === undefined ? 'polling' : 'webhook',
      figures: async (projectId) => {
        const [written, heard] = await Promise.all([boards.figures(projectId), changes.figures(projectId)])
        return { waiting: written.waiting, dead: written.dead + heard.dead }
      },
    }),
    rawRoutes: todoistEvents({
      secret: app?.clientSecret,
      onEvent: async (accountId) => {
        for (const projectId of await boards.ofAccount(accountId)) await hurry(projectId)
      },
    }),
    /** Told by another process. */
    wake: (queue: 'todoist-in' | 'todoist', key: { projectId: string; line: string }) =>
      queue === 'todoist' ? turns.wake(key.projectId) : changes.wake(key),
    sweep: async (): Promise<boolean> => {
      await changes.sweep()
      return exchanging.due(BOARDS_AT_ONCE)
    },
    say: async (projectId: string, ticket: Ticket, key: string, content: string): Promise<void> => {
      const board = await boardOf(projectId)
      if (board !== undefined)
        await unitOfWork((transaction) => show.say(transaction, board, ticket, key, content))
    },
    figures: () => boards.figures(),
    forgetDone: async (): Promise<boolean> => {
      const counts = await Promise.all([
        changes.forget(KEPT_MS, FORGOTTEN_AT_ONCE),
        boards.forget(KEPT_MS, FORGOTTEN_AT_ONCE),
      ])
      return counts.includes(FORGOTTEN_AT_ONCE)
    },
    stop: async (): Promise<void> => {
      await turns.stop()
      await changes.stop()
    },
  }
}
