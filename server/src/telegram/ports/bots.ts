import type { Transaction } from '../../kernel/transaction.ts'

export type Bot = {
  projectId: string
  botId: string
  username: string | null
  token: string
  problem: string | null
  /** The chat that is told of trouble. */
  ownerChatId: string | null
  /** The group where agents are told of tickets. */
  agentsGroupId: string | null
  /** What the address of its webhook ends with, and what Telegram shows there. */
  botKey: string
  webhookSecret: string
  delivery: 'webhook' | 'polling'
  /** When the newest update came. */
  updatedAt: Date | null
}

export type NewBot = Pick<
  Bot,
  'projectId' | 'botId' | 'username' | 'token' | 'botKey' | 'webhookSecret' | 'delivery'
>

/** A bot that is asked for its updates by whoever holds it. */
export type Polled = { projectId: string; botId: string; botKey: string; token: string; offset: number }

export type Bots = {
  /** False: it is another project's bot. */
  save(transaction: Transaction, bot: NewBot): Promise<boolean>
  remove(transaction: Transaction, projectId: string): Promise<boolean>
  byKey(botKey: string): Promise<Bot | undefined>
  setAgentsGroup(transaction: Transaction, projectId: string, chatId: string | null): Promise<boolean>
  /** A group became a supergroup, with another id. */
  moveChat(projectId: string, from: string, to: string): Promise<void>
  /** Bots whose updates nobody asks for now, held for a while. */
  takePolled(holder: string, limit: number, holdMs: number): Promise<Polled[]>
  /** False when somebody else has it, it is polled no longer, or was connected anew, which gave it another key. */
  holdPolled(holder: string, polled: Polled, holdMs: number): Promise<boolean>
  /** The next offset to ask from, with the updates before it stored in the same transaction. False: it is not this project's bot any more. */
  advance(transaction: Transaction, polled: Polled, offset: number): Promise<boolean>
  releasePolled(holder: string, polled: Polled): Promise<void>
  seen(projectId: string): Promise<void>
  find(projectId: string): Promise<Bot | undefined>
  /** False: there is no bot. */
  setOwner(transaction: Transaction, projectId: string, chatId: string | null): Promise<boolean>
  setProblem(projectId: string, problem: string | null): Promise<void>
}

/** What became of one message. Only `retry` may be tried again. */
export type Sent =
  | { outcome: 'sent' }
  /** Nobody will ever read it there, until the customer comes back. */
  | { outcome: 'unreachable'; why: string }
  | { outcome: 'moved'; address: string }
  | { outcome: 'retry'; afterMs: number | undefined; why: string }
  /** The bot itself may no longer speak. */
  | { outcome: 'refused'; why: string }
  | { outcome: 'bad-text'; why: string }

/** What became of a call. `done` carries what Telegram answered. */
export type Called = { outcome: 'done'; result: unknown } | Exclude<Sent, { outcome: 'sent' }>

/** Its bytes are read while they are sent. */
export type UploadedFile = { field: string; name: string; type: string; bytes: AsyncIterable<Uint8Array> }

export type BotApi = {
  whoAmI(token: string): Promise<{ id: string; username: string | null } | 'unknown-token' | 'unavailable'>
  send(token: string, address: string, html: string): Promise<Sent>
  call(token: string, method: string, payload: Record<string, unknown>): Promise<Called>
  /** A call with a file in the named field. */
  upload(token: string, method: string, payload: Record<string, unknown>, file: UploadedFile): Promise<Called>
  /** Without an address it is asked for its updates again. */
  setWebhook(token: string, webhook: { url: string; secret: string } | null): Promise<Called>
  updates(token: string, offset: number, timeoutSeconds: number, signal: AbortSignal): Promise<Called>
  /** The bytes of a file that somebody sent. Throws `FileNotGiven` of what it will never give. */
  download(token: string, fileId: string): Promise<Uint8Array>
}

/** Asking again does not help: bots get no file of this size, or it is not there any more. */
export class FileNotGiven extends Error {
  constructor(readonly why: 'too-large' | 'gone') {
    super(`Telegram gives no such file: ${why}`)
  }
}
