import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { UnitOfWork } from '../../kernel/transaction.ts'
import { readMessage, type RawMessage } from '../domain/read-message.ts'
import type { Heard, hearMessage } from '../hear-message.ts'
import type { Chat, Rooms } from '../ports/neighbours.ts'
import type { People } from '../ports/people.ts'
import type { About, Transport } from '../ports/transport.ts'
import type { Turn } from './open-turn.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  people: Pick<People, 'change' | 'setTopic'>
  chat: Pick<Chat, 'open' | 'openOf'>
  hear: ReturnType<typeof hearMessage>
  rooms: Pick<Rooms, 'say' | 'edit'>
  transport: Pick<Transport, 'aboutOf' | 'heard'>
}

type Said = {
  messageId: number
  replyToId: number | null
  message: RawMessage
}

/** How long an answer that was asked for is waited for. */
export const PENDING_MS = 30 * 60_000
const LOST = ['conversation-not-found', 'conversation-closed']
const NOTES = {
  unsupported: 'messageUnsupported',
  'too-large': 'fileTooLarge',
  gone: 'fileRefused',
} as const

/** What a customer says in Telegram is said in a conversation: the one of the answered message, the current one, the newest, or a new one. */
export function writeMessage({ unitOfWork, people, chat, hear, rooms, transport }: Dependencies) {
  async function begin(turn: Turn, topic: string | null): Promise<string | Refusal> {
    const { projectId, person } = turn
    const opened = await chat.open(projectId, { participantIds: [person.participantId] })
    // Of too many the newest has to do.
    const [newest] = isRefusal(opened) ? await chat.openOf(projectId, person.participantId, 1) : []
    const conversationId = isRefusal(opened) ? newest : opened.conversationId
    if (conversationId === undefined) return opened as Refusal
    await enter(turn, conversationId, topic)
    return conversationId
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
    room: string | Refusal,
    { messageId, message }: Said,
    about: About | undefined,
  ): Promise<Heard | undefined> {
    if (typeof room !== 'string') return { said: undefined, note: undefined, refusal: room }
    const { projectId, chatId, person } = turn
    const where = { projectId, conversationId: room, participantId: person.participantId }
    const clientId = `tg:${chatId}:${messageId}`
    return hear(where, { clientId, message, replyTo: about?.messageId ?? null })
  }

  function tell(turn: Turn, { said, note, refusal }: Heard): void {
    if (note !== undefined) turn.say(NOTES[note])
    else if (refusal !== undefined) turn.say(said === undefined ? 'messageRefused' : 'fileRefused')
  }

  return {
    async write(turn: Turn, said: Said): Promise<void> {
      const { projectId, chatId } = turn
      const { markdown, file, note } = readMessage(said.message)
      if (note === 'service') return
      // Nothing to begin a conversation with.
      if (markdown === null && file === undefined) return turn.say(NOTES[note ?? 'unsupported'])
      const about =
        said.replyToId === null ? undefined : await transport.aboutOf(projectId, chatId, said.replyToId)
      let room = await roomOf(turn, about)
      let heard = await say(turn, room, said, about)
      // It was closed, or is somebody else's by now.
      if (heard?.refusal !== undefined && LOST.includes(heard.refusal.refused)) {
        room = await begin(turn, null)
        heard = await say(turn, room, said, undefined)
      }
      if (heard === undefined) return
      tell(turn, heard)
      if (heard.said === undefined) return
      const became = { conversationId: room as string, messageId: heard.said.messageId }
      turn.within((transaction) => transport.heard(transaction, projectId, chatId, said.messageId, became))
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
