import type { Locale } from '../../kernel/locale.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** What the bot needs of the other contexts, in their shapes. */
export type Shop = { name: string; locale: Locale; timeZone: string; currency: string; clockOffsetMs: number }

export type InRoom = { projectId: string; conversationId: string; participantId: string }
export type Rooms = {
  say(
    where: InRoom,
    said: { clientId: string; markdown: string; replyTo?: string | null },
  ): Promise<{ messageId: string; sequence: number } | Refusal>
  sayFile(
    where: InRoom,
    file: {
      clientId: string
      name: string
      type: string | null
      size: number
      markdown: string | null
      bytes: () => Promise<Uint8Array>
    },
  ): Promise<{ messageId: string; sequence: number } | Refusal>
  edit(where: InRoom, messageId: string, markdown: string): Promise<Refusal | undefined>
}

/** Who speaks, and where. */
export type Chat = {
  newVisitor(projectId: string, name: string | null): Promise<{ id: string }>
  /** Undefined: the customer is nobody any more. What the visitor said is the customer's from then on. */
  become(
    projectId: string,
    customer: { customerId: string; name: string | null },
    visitorId: string | undefined,
  ): Promise<{ id: string } | undefined>
  ofCustomer(
    transaction: Transaction,
    projectId: string,
    customer: { customerId: string; name: string | null },
  ): Promise<{ id: string }>
  open(
    projectId: string,
    conversation: { participantIds: readonly string[]; subject?: string | null },
  ): Promise<{ conversationId: string } | Refusal>
  join(
    where: { projectId: string; conversationId: string },
    participantId: string,
  ): Promise<Refusal | undefined>
  /** The open ones, where something happened last first. */
  openOf(projectId: string, participantId: string, limit: number): Promise<string[]>
  membersOf(projectId: string, conversationId: string): Promise<readonly string[]>
  /** What was said last, the oldest first. */
  lastWords(projectId: string, conversationId: string, limit: number): Promise<readonly Word[]>
  nameOf(projectId: string, participantId: string): Promise<string | null>
  /** What a visitor has said of itself in a page. */
  saidBy(
    projectId: string,
    participantId: string,
  ): Promise<{ name: string | null; email: string | null; phone: string | null } | undefined>
  /** Only of a visitor: a customer is called what the shop calls it. */
  rename(projectId: string, participantId: string, name: string): Promise<void>
  /** What a visitor said goes, and its name. */
  forget(transaction: Transaction, projectId: string, participantId: string): Promise<void>
}
export type Word = { participantId: string; name: string | null; text: string | null }

export type TicketStatus = 'new' | 'in-work' | 'waiting' | 'solved' | 'closed'
export type Ticket = {
  projectId: string
  id: string
  number: number
  conversationId: string
  participantId: string
  customerId: string | null
  channel: string
  status: TicketStatus
  topic: string | null
  subject: string
  assigneeId: string | null
  mergedInto: string | null
  rating: { score: number; at: Date } | null
}
export type TicketEvent = {
  sequence: number
  kind: string
  by: { kind: string; id: string | null }
  source: string
  details: Readonly<Record<string, unknown>>
}
type By = { by: { kind: 'customer'; id: string | null }; source: 'telegram' }
export type Tickets = {
  find(projectId: string, ticketId: string): Promise<Ticket | undefined>
  ofParticipants(
    projectId: string,
    participantIds: readonly string[],
    limit: number,
    cursor: string | undefined,
  ): Promise<{ data: Ticket[]; nextCursor: string | null }>
  loads(projectId: string): Promise<ReadonlyMap<string, number>>
  change(
    transaction: Transaction,
    projectId: string,
    ticketId: string,
    change: { status?: TicketStatus | undefined },
    by: By,
  ): Promise<Ticket | Refusal>
  isBanned(projectId: string, participantId: string): Promise<boolean>
  ban(
    transaction: Transaction,
    projectId: string,
    participantId: string,
    reason: string | null,
    by: { by: { kind: 'clock'; id: null }; source: 'telegram' },
  ): Promise<void>
  take(
    transaction: Transaction,
    projectId: string,
    ticketId: string,
    agentId: string,
    source: 'telegram',
  ): Promise<Ticket | Refusal>
  rate(
    transaction: Transaction,
    projectId: string,
    ticketId: string,
    rating: { score?: number; comment?: string },
    participantIds: readonly string[],
    source: 'telegram',
  ): Promise<Ticket | Refusal>
}

export type SupportSettings = {
  topics: readonly { key: string; title: { readonly [locale in Locale]?: string | undefined } }[]
  mostOpenTickets: number
  tellTaken: boolean
}
export type Agents = {
  byTelegram(projectId: string, telegramId: string): Promise<{ id: string; name: string } | undefined>
  find(projectId: string, agentId: string): Promise<{ name: string } | undefined>
  all(projectId: string): Promise<readonly { id: string; name: string }[]>
}

/** One line of how a project is. */
export type StatusPart = {
  part: 'orders' | 'notices' | 'webhooks' | 'telegram-in' | 'telegram-out' | 'todoist'
  waiting: number
  dead: number
  /** Of the oldest that waits. */
  lagMs: number | null
  problem: string | null
  /** How many of those that it is for do not answer. */
  failing: number
}

export type Hold = {
  holdId: string
  customerId: string
  /** Null: of a cart, which is no order yet. */
  orderId: string | null
  amount: string
  currency: string
  code: string
  state: string
  expiresAt: Date
}
/** A customer's bonuses. Amounts are decimal strings. */
export type Pocket = {
  of(
    projectId: string,
    customerId: string,
  ): Promise<
    | {
        /** Of whoever it was merged into. */
        customerId: string
        name: string | null
        balance: string
        pending: string
        held: string
        debt: string
        tier: { name: string; percent: string | number } | null
        next: { name: string; missing: string } | null
        expiring: readonly { amount: string; at: Date }[]
        referral: { code: string; link: string | null; invited: number; earned: string } | null
      }
    | undefined
  >
  /** The newest first; `next` is what `before` has to be for the lines after these. */
  history(
    projectId: string,
    customerId: string,
    page: { limit: number; before?: number | undefined },
  ): Promise<{
    lines: readonly {
      at: Date
      kind: string
      amount: string
      reason: string | null
      orderId: string | null
    }[]
    next: number | null
  }>
  card(
    projectId: string,
    customerId: string,
  ): Promise<
    | {
        name: string | null
        phones: readonly string[]
        emails: readonly string[]
        tier: string | null
        balance: string
        orders: readonly { orderId: string; amount: string | null; at: Date }[]
      }
    | undefined
  >
  enrolByPhone(
    projectId: string,
    phone: string,
    name: string | null,
    telegramId: string,
  ): Promise<{ customerId: string } | Refusal>
  linkTelegram(
    projectId: string,
    customerId: string,
    telegramId: string | null,
    transaction?: Transaction,
  ): Promise<Refusal | undefined>
  holds: {
    awaiting(projectId: string, customerId: string): Promise<readonly Hold[]>
    find(projectId: string, holdId: string): Promise<Hold | undefined>
    confirm(projectId: string, holdId: string, customerId: string): Promise<Hold | Refusal>
    decline(projectId: string, holdId: string, customerId: string): Promise<Hold | Refusal>
  }
  erase(projectId: string, customerId: string): Promise<Refusal | undefined>
}
