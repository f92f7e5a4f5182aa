import type { Attachment } from './attachment.ts'
import type { InlineKeyboard } from './inline-keyboard.ts'
import type { MessageEntity } from './message-entity.ts'

export interface Message {
  botId: number
  chatId: number
  id: number
  from: number
  date: number
  editDate: number | undefined
  /** The caption where there is an attachment. */
  text: string
  entities: MessageEntity[]
  attachment: Attachment | undefined
  albumId: string | undefined
  replyTo: number | undefined
  threadId: number | undefined
  keyboard: InlineKeyboard | undefined
  isProtected: boolean
  service: Record<string, unknown> | undefined
  /** Who has reacted, and with what. */
  reactions: Map<number, string[]>
}

const MOST_MESSAGES = 50_000

export type Messages = ReturnType<typeof messages>

/** Every message of every chat, the last fifty thousand of them. */
export function messages(most = MOST_MESSAGES) {
  const kept = new Map<string, Message>()
  const chats = new Map<string, { byId: Map<number, Message>; last: Message }>()
  const chatKey = (botId: number, chatId: number) => `${botId}/${chatId}`
  const key = (message: Message) => `${chatKey(message.botId, message.chatId)}/${message.id}`

  const remove = (message: Message): boolean => {
    const chat = chats.get(chatKey(message.botId, message.chatId))
    chat?.byId.delete(message.id)
    if (chat?.byId.size === 0) chats.delete(chatKey(message.botId, message.chatId))
    else if (chat?.last === message) chat.last = [...chat.byId.values()].at(-1)!
    return kept.delete(key(message))
  }

  return {
    find: (botId: number, chatId: number, id: number) => chats.get(chatKey(botId, chatId))?.byId.get(id),
    ofChat: (botId: number, chatId: number) => [...(chats.get(chatKey(botId, chatId))?.byId.values() ?? [])],
    lastOf: (botId: number, chatId: number) => chats.get(chatKey(botId, chatId))?.last,
    keep(message: Message): Message {
      const chat = chats.get(chatKey(message.botId, message.chatId)) ?? { byId: new Map(), last: message }
      chats.set(chatKey(message.botId, message.chatId), chat)
      chat.byId.set(message.id, message)
      chat.last = message
      kept.set(key(message), message)
      for (const oldest of kept.values()) {
        if (kept.size <= most) break
        remove(oldest)
      }
      return message
    },
    remove,
  }
}
