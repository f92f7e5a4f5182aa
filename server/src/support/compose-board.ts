import { createHash, randomUUID } from 'node:crypto'
import type { Outcome } from '../kernel/line.ts'
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
import type { BoardChange } from './domain/board-change.ts'
import { boardTexts } from './domain/board-texts.ts'
import type { SupportSettings } from './domain/support-settings.ts'
import type { Ticket } from './domain/ticket.ts'
import { exchangeBoard } from './exchange-board.ts'
import { fillCommands } from './fill-commands.ts'
import { hearComment } from './hear-comment.ts'
import { hearEvent } from './hear-event.ts'
import { hearMove } from './hear-move.ts'
import { hearItem } from './hear-item.ts'
import { knowAgents } from './know-agents.ts'
import type { AgentStore } from './ports/agent-store.ts'
import type { Audit } from './ports/neighbours.ts'
import type { Rooms } from './ports/rooms.ts'
import type { ReadAgentWords, Tickets } from './ports/tickets.ts'
import { showOnBoard } from './show-on-board.ts'
import { standBoard } from './stand-board.ts'
import { tendBoard, type BoardNews } from './tend-board.ts'
import { uploadToBoard } from './upload-to-board.ts'

type Queue = 'todoist' | 'todoist-in' | 'todoist-files'
type Key = { projectId: string; line: string }

type Dependencies = {
  /** There is a board now, or none any more: what was remembered of that is old. */
  onConnected: (projectId: string) => void
  sql: Sql
  lookUps: Sql
  unitOfWork: UnitOfWork
  vault: Vault
  apiRoot: string
  app: { clientId: string; clientSecret: string } | undefined
  pollMs: number
  works: boolean
  wakeOthers: (queue: Queue, key: Key) => void
  agents: AgentStore
  team: Omit<Parameters<typeof knowAgents>[0], 'agents'>
  tickets: Tickets
  openTickets: (projectId: string) => Promise<Ticket[]>
  readWords: ReadAgentWords
  settingsOf: (projectId: string) => Promise<SupportSettings>
  shopOf: (projectId: string) => Promise<{ name: string; locale: Locale }>
  rooms: () => Rooms
  cardOf: Parameters<typeof fillCommands>[0]['cardOf']
  saidOf: Parameters<typeof fillCommands>[0]['saidOf']
  wordsOf: Parameters<typeof fillCommands>[0]['wordsOf']
  fileOf: Parameters<typeof uploadToBoard>[0]['fileOf']
  botOf: (projectId: string) => Promise<{ participantId: string }>
  mostBytes: (projectId: string) => Promise<number>
  tell: (refusal: Refusal, locale: Locale) => string
  record: Audit
  tellOwner: (projectId: string, what: BoardNews) => Promise<void>
  onProblem: (projectId: string, problem: string | null) => void
  onFault: (where: string) => (error: unknown) => void
}

const FRESH_MS = 2_000
const BOARDS_AT_ONCE = 20
const TASKS_AT_ONCE = 12
const FILES_AT_ONCE = 4
const SWEPT = 100
const KEPT_MS = 3 * 86_400_000
const FORGOTTEN_AT_ONCE = 5_000
/** What tickets carry beside their topics. */
const OWN_LABELS = ['telegram', 'widget', 'api', 'banned']

export type Boards = ReturnType<typeof composeBoard>

/** Todoist as the team's desk. */
export function composeBoard(dependencies: Dependencies) {
  const { onConnected } = dependencies
  const { sql, lookUps, unitOfWork, vault, apiRoot, app, pollMs, works, wakeOthers, agents } = dependencies
  const { tickets, openTickets, readWords, settingsOf, shopOf, rooms, record, tell, onFault } = dependencies
  const boards = postgresBoards({ sql, lookUps, vault })
  const api = todoistApi({ apiRoot, app })
  const isThere = remember(async (projectId) => (await boards.find(projectId)) !== undefined, {
    forMs: FRESH_MS,
  })
  const forget = (projectId: string) => {
    isThere.forget(projectId)
    onConnected(projectId)
  }
  const localeOf = async (projectId: string) => (await shopOf(projectId)).locale
  const labelsOf = async (projectId: string) => [
    ...OWN_LABELS,
    ...(await settingsOf(projectId)).topics.map(({ label }) => label),
  ]
  const openTicketIds = async (projectId: string) => (await openTickets(projectId)).map(({ id }) => id)
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22)
  const linesOf = <Body>(
    queue: Exclude<Queue, 'todoist'>,
    work: Parameters<typeof runLines<Body>>[0]['work'],
    atOnce: number,
  ) =>
    runLines<Body>({
      ...{ store: postgresLines({ sql, queue }), work, atOnce, works },
      wakeOthers: (key) => wakeOthers(queue, key),
      onFault: onFault(queue),
    })

  const files = linesOf<{ key: string }>(
    'todoist-files',
    uploadToBoard({ boards, api, fileOf: dependencies.fileOf, localeOf, hurry }),
    FILES_AT_ONCE,
  )
  const show = showOnBoard({
    ...{ boards, agents, settingsOf, localeOf },
    loadsOf: tickets.loads,
    addUploads: files.add,
    newId: randomUUID,
    wake: (transaction, projectId) => afterCommit(transaction, () => void hurry(projectId)),
  })
  const team = knowAgents({ agents, ...dependencies.team })
  const onItem = hearItem({
    ...{ unitOfWork, boards, agents, tickets, show, localeOf, tell },
    topicOf: async (projectId, labels) => {
      const { topics } = await settingsOf(projectId)
      const found = topics.find(({ label }) => labels.includes(label))
      return topics.length === 0 ? undefined : (found?.key ?? null)
    },
  })
  const onComment = hearComment({
    ...{ unitOfWork, boards, tickets, readWords, rooms, show, localeOf, hash, tell },
    agentOf: team.of,
    botOf: dependencies.botOf,
    download: async (projectId, file) => {
      const token = await boards.tokenOf(projectId)
      if (token === undefined) return 'gone'
      const most = await dependencies.mostBytes(projectId)
      return file.size !== null && file.size > most ? 'too-large' : api.download(token, file.url, most)
    },
  })
  const onMove = hearMove({ unitOfWork, boards, agents, tickets })
  const changes = linesOf<BoardChange>(
    'todoist-in',
    async ({ projectId, line: ticketId, body }): Promise<Outcome> => {
      if (body.kind === 'item') return onItem(projectId, ticketId, body)
      if (body.kind === 'moved') return onMove(projectId, ticketId, body)
      const [board, ticket] = await Promise.all([boards.find(projectId), tickets.find(projectId, ticketId)])
      if (board === undefined || ticket === undefined) return { outcome: 'done' }
      if (body.kind === 'note') return onComment(board, ticket, body.note)
      const agent = await agents.byTodoistUser(projectId, body.byUid)
      const by = { by: { kind: 'agent', id: agent?.id ?? null }, source: 'board' } as const
      await unitOfWork((transaction) =>
        tickets.change(transaction, projectId, ticketId, { status: 'solved' }, by),
      )
      return { outcome: 'done' }
    },
    TASKS_AT_ONCE,
  )
  const stand = standBoard({ api, newUuid: randomUUID })
  const { tend, fill } = tendBoard({
    ...{ unitOfWork, boards, stand, tickets, show, shopOf, labelsOf, openTicketIds, record, forget },
    matchAgents: team.match,
    tellOwner: dependencies.tellOwner,
  })
  const connecting = connectBoard({
    ...{ unitOfWork, boards, api, stand, shopOf, labelsOf, record, forget, hurry },
    fill: async (projectId) => fill(projectId, await openTicketIds(projectId)),
    clear: async (transaction: Transaction, projectId: string) => {
      await changes.clear(transaction, projectId)
      await files.clear(transaction, projectId)
    },
  })
  const exchanging = exchangeBoard({
    ...{ unitOfWork, boards, api, tend, pollMs },
    fill: fillCommands({
      findTicket: tickets.find,
      cardOf: dependencies.cardOf,
      saidOf: dependencies.saidOf,
      notePrefixesOf: async (projectId) => (await settingsOf(projectId)).notePrefixes,
      localeOf,
      wordsOf: dependencies.wordsOf,
    }),
    addChanges: changes.add,
    busy: changes.busy,
    onProblem: dependencies.onProblem,
    onFault: (error) => onFault('todoist')(error),
  })
  const turns = takeTurns<string>({
    atOnce: BOARDS_AT_ONCE,
    nameOf: (projectId) => projectId,
    work: exchanging.one,
    onFault: onFault('todoist'),
  })

  async function hurry(projectId: string, withinMs = 0): Promise<void> {
    try {
      await boards.hurry(projectId, withinMs)
      if (withinMs > 0) return
      if (works) turns.wake(projectId)
      else wakeOthers('todoist', { projectId, line: 'board' })
    } catch (error) {
      onFault('todoist')(error)
    }
  }

  return {
    face: show.face,
    /** Whoever asks is known better than before. */
    describeAgain: show.describeAgain,
    find: boards.find,
    hasBoard: isThere,
    hurry,
    /** With the answer of Todoist to it: built, found again, or refused. */
    connect: connecting.connect,
    handlers: todoistHandlers({
      find: boards.find,
      connect: connecting.connect,
      disconnect: connecting.disconnect,
      delivery: app === undefined ? 'polling' : 'webhook',
      figures: async (projectId) => {
        const [written, heard, brought] = await Promise.all([
          boards.figures(projectId),
          changes.figures(projectId),
          files.figures(projectId),
        ])
        return { waiting: written.waiting, dead: written.dead + heard.dead + brought.dead }
      },
    }),
    rawRoutes: todoistEvents({
      secret: app?.clientSecret,
      onEvent: hearEvent({ unitOfWork, boards, addChanges: changes.add, hurry }),
    }),
    /** Told by another process. */
    wake(queue: string, key: Key): void {
      if (queue === 'todoist') turns.wake(key.projectId)
      if (queue === 'todoist-in') changes.wake(key)
      if (queue === 'todoist-files') files.wake(key)
    },
    /** What nobody was woken for: polling, pauses that are over, and what was left by whoever died. */
    async sweep(): Promise<boolean> {
      for (const projectId of await boards.due(SWEPT)) if (!turns.isRunning(projectId)) turns.wake(projectId)
      await changes.sweep()
      await files.sweep()
      return false
    },
    wipe: async (
      transaction: Transaction,
      projectId: string,
      ticketIds: readonly string[],
    ): Promise<void> => {
      for (const ticketId of ticketIds) {
        await changes.clear(transaction, projectId, ticketId)
        await files.clear(transaction, projectId, ticketId)
      }
      await show.wipe(transaction, projectId, ticketIds)
    },
    /** Of tickets that are somebody else's now. */
    redraw: show.redraw,
    /** What was answered waits for a customer who blocked the bot: said once for each time that they did. */
    tellAway: ({ projectId, conversationId }: { projectId: string; conversationId: string }, since: Date) =>
      unitOfWork(async (transaction): Promise<void> => {
        if (!(await isThere(projectId))) return
        const ticket = await tickets.ofConversation(transaction, projectId, conversationId)
        if (ticket === undefined) return
        const { away } = boardTexts(await localeOf(projectId))
        await show.say(transaction, ticket, `away:${since.getTime()}`, away)
      }),
    say: (ticket: Ticket, key: string, content: string): Promise<void> =>
      unitOfWork((transaction) => show.say(transaction, ticket, key, content)),
    figures: async () => {
      const [written, heard, brought] = await Promise.all([
        boards.figures(),
        changes.figures(),
        files.figures(),
      ])
      return { 'todoist-out': written, 'todoist-in': heard, 'todoist-files': brought }
    },
    async forgetDone(): Promise<boolean> {
      const counts = await Promise.all([
        changes.forget(KEPT_MS, FORGOTTEN_AT_ONCE),
        files.forget(KEPT_MS, FORGOTTEN_AT_ONCE),
        boards.forget(KEPT_MS, FORGOTTEN_AT_ONCE),
      ])
      return counts.includes(FORGOTTEN_AT_ONCE)
    },
    async stop(): Promise<void> {
      await Promise.all([turns.stop(), changes.stop(), files.stop()])
    },
  }
}
