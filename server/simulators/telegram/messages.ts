import { forgetOldest } from './bounded.ts'
import type { InlineKeyboard } from './inline-keyboard.ts'
import type { MessageEntity } from './message-entity.ts'

export interface Message {
  botId: number
  chatId: number
  id: number
  from: number
  date: number
  editDate: number | undefined
  text: string
  entities: MessageEntity[]
  keyboard: InlineKeyboard | undefined
  isProtected: boolean
  service: Record<string, unknown> | undefined
}

const MOST_MESSAGES = 5000

export type Messages = ReturnType<typeof messages>

/** Every message of every chat, the last five thousand of them. */
export function messages() {
  const kept = new Map<string, Message>()
  const key = (botId: number, chatId: number, id: number) => `${botId}/${chatId}/${id}`

  return {
    find: (botId: number, chatId: number, id: number) => kept.get(key(botId, chatId, id)),
    ofChat: (botId: number, chatId: number) =>
      [...kept.values()].filter((message) => message.botId === botId && message.chatId === chatId),
    all: () => [...kept.values()],
    keep(message: Message): Message {
      kept.set(key(message.botId, message.chatId, message.id), message)
      forgetOldest(kept, MOST_MESSAGES)
      return message
    },
    remove: (message: Message) => kept.delete(key(message.botId, message.chatId, message.id)),
  }
}
