import { expect, it } from 'vitest'
import { messages, type Message } from './messages.ts'

const message = (chatId: number, id: number) => ({ botId: 1, chatId, id }) as Message

it('keeps the newest messages of all chats together and forgets the oldest', () => {
  const kept = messages(4)
  for (const [chatId, id] of [
    [1, 1],
    [2, 2],
    [1, 3],
    [2, 4],
    [1, 5],
  ] as const) {
    kept.keep(message(chatId, id))
  }
  expect(kept.ofChat(1, 1).map(({ id }) => id)).toEqual([3, 5])
  expect(kept.ofChat(1, 2).map(({ id }) => id)).toEqual([2, 4])
  expect(kept.find(1, 1, 1)).toBeUndefined()
})

it('knows the last message of a chat after the last was deleted', () => {
  const kept = messages(4)
  for (const id of [1, 2, 3]) kept.keep(message(7, id))
  kept.remove(kept.find(1, 7, 3)!)
  expect(kept.lastOf(1, 7)?.id).toBe(2)
  kept.remove(kept.find(1, 7, 1)!)
  kept.remove(kept.find(1, 7, 2)!)
  expect(kept.lastOf(1, 7)).toBeUndefined()
  expect(kept.ofChat(1, 7)).toEqual([])
})
