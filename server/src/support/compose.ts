import type { Admission } from '../http/admission.ts'
import type { NewId } from '../kernel/ids.ts'
import type { Locale } from '../kernel/locale.ts'
import { parseMoney } from '../kernel/money.ts'
import { remember } from '../kernel/remember.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import type { Sql } from '../postgres/sql.ts'
import { isUnreachable } from '../postgres/transient.ts'
import { agentGuard } from './adapters/http/agent-guard.ts'
import { agentHandlers } from './adapters/http/agent-handlers.ts'
import { reportHandlers } from './adapters/http/report-handlers.ts'
import { settingsHandlers } from './adapters/http/settings-handlers.ts'
import { ticketHandlers } from './adapters/http/ticket-handlers.ts'
import { newAgentToken } from './adapters/new-agent-token.ts'
import { postgresAgents } from './adapters/postgres/postgres-agents.ts'
import { postgresCommandLog } from './adapters/postgres/postgres-command-log.ts'
import { postgresSupportSettings } from './adapters/postgres/postgres-support-settings.ts'
import { postgresTicketArchive } from './adapters/postgres/postgres-ticket-archive.ts'
import { postgresTicketOwners } from './adapters/postgres/postgres-ticket-owners.ts'
import { postgresTickets } from './adapters/postgres/postgres-tickets.ts'
import { postgresWeeks } from './adapters/postgres/postgres-weeks.ts'
import type { BusinessHours } from './domain/business-time.ts'
import { exportTickets } from './export-tickets.ts'
import { handleTickets } from './handle-tickets.ts'
import { keepSupportSettings } from './keep-support-settings.ts'
import { manageAgents } from './manage-agents.ts'
import type { Ticket } from './domain/ticket.ts'
import type { Face } from './ports/faces.ts'
import type {
  Audit,
  FindParticipant,
  Grant,
  LocaleOf,
  Participants,
  PocketOf,
  Transcripts,
} from './ports/neighbours.ts'
import { readAgentWords } from './read-agent-words.ts'
import { recordTicket } from './record-ticket.ts'
import { reportSupport } from './report-support.ts'
import { settingOf } from './setting-of.ts'
import { takePart } from './take-part.ts'
import { tellWeeks } from './tell-weeks.ts'
import { tick } from './tick.ts'

type Dependencies = {
  sql: Sql
  lookUps: Sql
  unitOfWork: UnitOfWork
  newId: NewId
  participants: Participants
  record: Audit
  shopOf: (projectId: string) => Promise<Shop>
  admission: Admission
  /** When the shop works: of the chat settings. */
  hoursOf: (projectId: string) => Promise<BusinessHours>
  /** Where tickets are shown. */
  faces: () => readonly Face[]
  hasBoard: (projectId: string) => Promise<boolean>
  /** Whoever is new may share the board since. */
  onTeamChanged: (projectId: string) => void
  isVip: (projectId: string, customerId: string) => Promise<boolean>
  /** Sandboxes whose clock was moved. */
  shifted: () => Promise<{ projectId: string; clockOffsetMs: number }[]>
  findParticipant: FindParticipant
  transcripts: Transcripts
  pocketOf: PocketOf
  grant: Grant
  localeOf: LocaleOf
  events: Parameters<typeof tellWeeks>[0]['events']
  /** Where else the words of tickets stand. */
  wipe: Parameters<typeof takePart>[0]['wipe']
  redraw: Parameters<typeof takePart>[0]['redraw']
  onTickFault: (error: unknown, projectId: string, ticketId: string) => void
  onWeekFault: (error: unknown, projectId: string) => void
}

type Shop = {
  name: string
  status: 'active' | 'paused'
  locale: Locale
  currency: string
  timeZone: string
  clockOffsetMs: number
}

const FRESH_MS = 1_000
const OPEN_PAGE = 100
const MOST_OPEN = 1_000

export type Support = ReturnType<typeof composeSupport>

export function composeSupport({
  sql,
  lookUps,
  unitOfWork,
  newId,
  participants,
  record,
  shopOf,
  admission,
  hoursOf,
  faces,
  hasBoard,
  onTeamChanged,
  isVip,
  shifted,
  findParticipant,
  transcripts,
  pocketOf,
  grant,
  localeOf,
  events,
  wipe,
  redraw,
  onTickFault,
  onWeekFault,
}: Dependencies) {
  const agents = postgresAgents({ sql, lookUps })
  const agentOf = remember(agents.findByToken, { forMs: FRESH_MS })
  const isActive = remember(
    async (key) => {
      const [projectId, agentId] = key.split(' ')
      return (await agents.find(projectId!, agentId!))?.active === true
    },
    { forMs: FRESH_MS },
  )
  const manage = manageAgents({
    unitOfWork,
    agents,
    participants,
    record,
    newId: () => newId('agent'),
    newToken: newAgentToken,
    onChanged: (projectId) => {
      agentOf.forget()
      isActive.forget()
      onTeamChanged(projectId)
    },
  })
  const store = postgresTickets({ sql, lookUps })
  const owners = postgresTicketOwners(sql)
  const settings = keepSupportSettings({
    store: postgresSupportSettings({ lookUps }),
    unitOfWork,
    agents,
    hasBoard,
    parseMoney: async (projectId, amount) => parseMoney(amount, (await shopOf(projectId)).currency),
    lookAgain: store.lookAgain,
    record,
  })
  const ruled = settingOf({ settingsOf: settings.of, hoursOf, shopOf })
  const write = recordTicket({ store, faces })
  const tickets = handleTickets({
    store,
    agents,
    settingOf: ruled,
    write,
    isVip,
    record,
    newId: () => newId('ticket'),
  })
  const words = readAgentWords({
    unitOfWork,
    tickets,
    store,
    write,
    agents,
    commands: postgresCommandLog,
    settingOf: ruled,
    shopOf,
    pocketOf,
    grant,
    localeOf,
    record,
  })
  const archive = postgresTicketArchive(sql)
  const report = reportSupport({ archive, store, agents, settingOf: ruled })
  const clockOffsetOf = async (projectId: string) => (await shopOf(projectId)).clockOffsetMs
  const exportOf = exportTickets({ archive, agents, transcripts, clockOffsetOf })
  const now = async (projectId: string) => Date.now() + (await clockOffsetOf(projectId))
  return {
    tellWeeks: tellWeeks({
      ...{ unitOfWork, report, events, settingOf: ruled },
      weeks: postgresWeeks(sql),
      onFault: onWeekFault,
    }),
    participant: takePart({ store, write, settingOf: ruled, wipe, redraw, owners }),
    /** Whose it is has turned out: what they asked for as a visitor is theirs. */
    claim: (projectId: string, who: { participantId: string; customerId: string }): Promise<void> =>
      unitOfWork(async (transaction) =>
        redraw(transaction, projectId, await owners.claim(transaction, projectId, who)),
      ),
    figures: store.figures,
    tickets,
    readAgentWords: words,
    settings,
    agents,
    manageAgents: manage,
    history: store.history,
    /** Ids of those that this one waits for an answer to. */
    openOf: store.openOf,
    /** Of which somebody still has to do something, the oldest first. */
    openTickets: async (projectId: string): Promise<Ticket[]> => {
      const open: Ticket[] = []
      for (const status of ['new', 'in-work', 'waiting'] as const)
        for (let cursor: string | undefined; ;) {
          const page = await store.list(projectId, { status }, OPEN_PAGE, cursor)
          open.push(...page.data)
          if (page.nextCursor === null || open.length >= MOST_OPEN) break
          cursor = page.nextCursor
        }
      return open.sort((left, right) => left.number - right.number)
    },
    tick: tick({ unitOfWork, store, settingOf: ruled, write, shifted, isUnreachable, onFault: onTickFault }),
    handlers: {
      ...agentHandlers({ agents, manage }),
      ...settingsHandlers(settings),
      ...ticketHandlers({ unitOfWork, tickets, store, findParticipant }),
      ...reportHandlers({
        ...{ report, exportOf, now },
        timeZoneOf: async (projectId) => (await shopOf(projectId)).timeZone,
      }),
    },
    guards: { agentToken: agentGuard({ agentOf, shopOf, admission }) },
    isActiveAgent: (projectId: string, agentId: string) => isActive(`${projectId} ${agentId}`),
  }
}
