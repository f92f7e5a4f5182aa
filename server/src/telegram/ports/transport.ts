import type { Transaction } from '../../kernel/transaction.ts'

/** What a message of ours is about, so that an edit, a deletion or a reply finds it again. */
export type About = { conversationId: string; messageId: string }

/** One call that will be made for certain, in order within its chat, paced, and again when Telegram was away. */
export type Outgoing = {
  projectId: string
  chatId: string
  /** Of the same key only the first is made: name it after what caused it. */
  key: string
  call:
    | { method: 'sendMessage'; text: string; keyboard?: Keyboard; replyTo?: About }
    /** By its kind as photo, video, voice or document. */
    | { method: 'sendFile'; attachmentId: string; caption: string | null; replyTo?: About }
    | { method: 'sendPhoto'; pngBase64: string; caption: string; keyboard?: Keyboard }
    | { method: 'editText'; of: Sent; text: string; keyboard?: Keyboard; tooLate?: string }
    | { method: 'delete'; of: Sent }
    | { method: 'react'; of: Sent; emoji: string | null }
  /** Remembered with the id that Telegram gives it. */
  about?: About
  /** Under which the id that Telegram gave it can be asked for (`sentAs`). */
  remember?: string
}

/** The message that was sent about something, the one with this id, or the newest that was remembered under this name. */
export type Sent = About | number | { remembered: string }

/** HTML texts above; buttons of one row each. `contact` asks for the person's own contact, in private chats only. */
export type Keyboard =
  | { inline: readonly (readonly { text: string; data?: string; url?: string }[])[] }
  | { reply: readonly (readonly { text: string; contact?: boolean }[])[]; once?: boolean }
  | { remove: true }

export type Transport = {
  /** Sent after the commit. Unknown bots and blocked chats are told by `onUnreachable`. */
  send(transaction: Transaction, calls: readonly Outgoing[]): Promise<void>
  /** At once and at most once: the little answer to a press, or that somebody is typing. What fails is forgotten. */
  answerPress(projectId: string, callbackQueryId: string, answer?: { text?: string; alert?: boolean }): void
  /** Of a file that somebody sent. Throws `FileNotGiven` of what is larger than 20 MB, and of what is not there any more. */
  download(projectId: string, fileId: string): Promise<Uint8Array>
  /** Which message of a conversation a message in a chat is, ours or theirs. */
  aboutOf(projectId: string, chatId: string, telegramMessageId: number): Promise<About | undefined>
  /** Remembers which message of a conversation what somebody wrote in a chat became. */
  heard(
    transaction: Transaction,
    projectId: string,
    chatId: string,
    telegramMessageId: number,
    about: About,
  ): Promise<void>
  /** Sends what was held while nobody was there, before anything else. */
  release(transaction: Transaction, projectId: string, chatId: string): Promise<void>
  /** Forgets what was said in a chat, what has come from it, and what was to be sent there. */
  forget(transaction: Transaction, projectId: string, chatId: string): Promise<void>
  sentAs(projectId: string, chatId: string, remembered: string): Promise<number | undefined>
}
