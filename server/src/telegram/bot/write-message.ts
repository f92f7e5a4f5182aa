import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { UnitOfWork } from '../../kernel/transaction.ts'
import type { RawMessage } from '../domain/update.ts'
import type { Chat, Rooms } from '../ports/neighbours.ts'
import type { People } from '../ports/people.ts'
import type { About, Transport } from '../ports/transport.ts'
import type { Turn } from './open-turn.ts'

export type Read = {
  markdown: string | null
  file?: { fileId: string; name: string; size: number | null; type: string | null }
  note?: 'unsupported' | 'too-large' | 'service'
}

type Dependencies = {
  unitOfWork: UnitOfWork
  people: Pick<People, 'change' | 'setTopic'>
  chat: Pick<Chat, 'open' | 'openOf'>
  rooms: Rooms
  transport: Pick<Transport, 'aboutOf' | 'heard' | 'download'>
  readMessage: (message: RawMessage) => Read
}

type Said = {
  messageId: number
  replyToId: number | null
  message: RawMessage
}

/** How long an answer that was asked for is waited for. */
export const PENDING_MS = 30 * 60_000
const LOST = ['conversation-not-found', 'conversation-closed']

/** What a customer says in Telegram is said in a conversation: the one of the answered message, the current one, the newest, or a new one. */
export function writeMessage({ unitOfWork, people, chat, rooms, transport, readMessage }: Dependencies) {
  async function begin(turn: Turn, topic: string | null): Promise<string | Refusal> {
    const { projectId, person } = turn
    const opened = await chat.open(projectId, { participantIds: [person.participantId] })
    if (isRefusal(opened)) return opened
    await enter(turn, opened.conversationId, topic)
    return opened.conversationId
  }

  /** Before anything is said there, so that whoever tries again says it in the same one. */
  async function enter(turn: Turn, conversationId: string, topic: string | null): Promise<void> {
    const { projectId, person } = turn
    await unitOfWork(async (transaction) => {
      await people.setTopic(transaction, projectId, conversationId, topic)
      await people.change(transaction, projectId, person.telegramId, { conversationId, pending: null })
    })
    turn.person = { ...person, conversationId, pending: null }
  }

  async function roomOf(turn: Turn, about: About | undefined): Promise<string | Refusal> {
    if (about !== undefined) return about.conversationId
    const { projectId, person } = turn
    const { pending } = person
    if (pending?.kind === 'request' && Date.now() - pending.at < PENDING_MS) return begin(turn, pending.topic)
    if (person.conversationId !== null) return person.conversationId
    const [newest] = await chat.openOf(projectId, person.participantId, 1)
    if (newest === undefined) return begin(turn, null)
    await enter(turn, newest, null)
    return newest
  }

  async function say(
    turn: Turn,
    conversationId: string,
    { messageId, ...said }: Said,
    read: Read,
    about: About | undefined,
  ) {
    const { projectId, chatId, person } = turn
    const where = { projectId, conversationId, participantId: person.participantId }
    const clientId = `tg:${chatId}:${messageId}`
    const { file, markdown } = read
    if (file !== undefined) {
      const { fileId, name, type, size } = file
      const bytes = () => transport.download(projectId, fileId)
      return rooms.sayFile(where, { clientId, name, type, size: size ?? 0, markdown, bytes })
    }
    const replyTo = said.replyToId === null ? null : (about?.messageId ?? null)
    return rooms.say(where, { clientId, markdown: markdown!, replyTo })
  }

  return {
    async write(turn: Turn, said: Said): Promise<void> {
      const { projectId, chatId } = turn
      const read = readMessage(said.message)
      if (read.note === 'service') return
      if (read.note === 'too-large') turn.say('fileTooLarge')
      if (read.markdown === null && read.file === undefined) {
        if (read.note !== 'too-large') turn.say('messageUnsupported')
        return
      }
      const about =
        said.replyToId === null ? undefined : await transport.aboutOf(projectId, chatId, said.replyToId)
      let room = await roomOf(turn, about)
      let outcome = isRefusal(room as object)
        ? (room as Refusal)
        : await say(turn, room as string, said, read, about)
      // It was closed, or is somebody else's by now.
      if (isRefusal(outcome) && LOST.includes(outcome.refused)) {
        room = await begin(turn, null)
        outcome = typeof room === 'string' ? await say(turn, room, said, read, undefined) : room
      }
      if (isRefusal(outcome)) {
        turn.say(read.file === undefined ? 'messageRefused' : 'fileRefused')
        return
      }
      const heard = { conversationId: room as string, messageId: outcome.messageId }
      turn.within((transaction) => transport.heard(transaction, projectId, chatId, said.messageId, heard))
    },

    /** What cannot be changed any more is said again, so that nobody misses it. */
    async edit(turn: Turn, { messageId, message }: Said): Promise<void> {
      const { projectId, chatId, person } = turn
      const about = await transport.aboutOf(projectId, chatId, messageId)
      const { markdown } = readMessage(message)
      if (about === undefined || markdown === null) return
      const where = {
        projectId,
        conversationId: about.conversationId,
        participantId: person.participantId,
      }
      const refused = await rooms.edit(where, about.messageId, markdown)
      if (refused === undefined) return
      const again = { clientId: `tg:${chatId}:${messageId}:${turn.updateId}`, markdown: `✏️ ${markdown}` }
      const outcome = await rooms.say(where, { ...again, replyTo: about.messageId })
      if (isRefusal(outcome)) turn.say('messageRefused')
    },
  }
}

export type WriteMessage = ReturnType<typeof writeMessage>
