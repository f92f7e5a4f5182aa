import type { Locale } from '../../kernel/locale.ts'
import type { Transaction } from '../../kernel/transaction.ts'

/** What somebody was asked, and what the next message or press answers. */
export type Pending =
  | { kind: 'request'; topic: string | null; at: number }
  /** `isAsked`: whatever comes next is the comment; otherwise only what replies to the offer. */
  | { kind: 'comment'; ticketId: string; isAsked: boolean; at: number }
  | { kind: 'relink'; phone: string; at: number }

/** Somebody who has written to a project's bot. */
export type Person = {
  projectId: string
  telegramId: string
  /** Whom it speaks as; null until it speaks again after it was somebody else. */
  participantId: string | null
  /** Proven: by its own contact or a one-time link. */
  customerId: string | null
  linkedBy: 'contact' | 'link' | null
  /** Null: the project's. */
  locale: Locale | null
  name: string
  username: string | null
  blocked: string | null
  blockedAt: Date | null
  marketing: boolean
  conversationId: string | null
  /** Visitors that it has shown to be, by a link from their page. */
  knownAs: string[]
  pending: Pending | null
  lastUpdateId: number | null
}

export type PersonChange = Partial<
  Pick<
    Person,
    | 'participantId'
    | 'locale'
    | 'name'
    | 'username'
    | 'blocked'
    | 'marketing'
    | 'conversationId'
    | 'knownAs'
    | 'pending'
    | 'lastUpdateId'
  >
>
type Linking = { customerId: string; participantId: string; by: 'contact' | 'link' }

/** The private chat of a person has the person's id. */
export type People = {
  find(projectId: string, telegramId: string): Promise<Person | undefined>
  /** The first one wins. */
  add(
    person: Pick<Person, 'projectId' | 'telegramId' | 'participantId' | 'locale' | 'name' | 'username'>,
  ): Promise<void>
  change(transaction: Transaction, projectId: string, telegramId: string, change: PersonChange): Promise<void>
  /** Whoever had this customer before has it no more, and is answered. */
  link(
    transaction: Transaction,
    projectId: string,
    telegramId: string,
    linking: Linking,
  ): Promise<string | undefined>
  unlink(transaction: Transaction, projectId: string, telegramId: string): Promise<void>
  remove(transaction: Transaction, projectId: string, telegramId: string): Promise<void>

  ofCustomer(
    transaction: Transaction | undefined,
    projectId: string,
    customerId: string,
  ): Promise<Person | undefined>
  ofParticipants(
    transaction: Transaction,
    projectId: string,
    participantIds: readonly string[],
  ): Promise<Person[]>
  /** Null where nobody with this one has chosen a language. */
  localeOf(projectId: string, participantId: string): Promise<Locale | null>
  /** Whether neither the customer nor whoever has this id in Telegram has said no. */
  mayAdvertise(
    transaction: Transaction,
    projectId: string,
    customer: { customerId: string; telegramId: string },
  ): Promise<boolean>

  /** Of two customers one: whoever has both keeps the one that stays. Answers who lost what. */
  merge(transaction: Transaction, projectId: string, from: string, into: string): Promise<MergedPeople>
  undoMerge(transaction: Transaction, projectId: string, from: string, merged: MergedPeople): Promise<void>

  setTopic(
    transaction: Transaction,
    projectId: string,
    conversationId: string,
    topic: string | null,
  ): Promise<void>
  topicOf(projectId: string, conversationId: string): Promise<string | null>
}

/** `moved` is linked to the other customer now, `unlinked` to nobody. */
export type MergedPeople = { moved?: string; unlinked?: string }
