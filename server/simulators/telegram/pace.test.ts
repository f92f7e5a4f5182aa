import { Api, GrammyError } from 'grammy'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startTelegramSimulator, type TelegramSimulator } from './start-telegram-simulator.ts'

let simulator: TelegramSimulator
let api: Api
let now: number

beforeEach(async () => {
  now = Date.UTC(2026, 0, 1)
  simulator = await startTelegramSimulator({ everyoneStarted: true, clock: { now: () => now } })
  api = new Api(simulator.tokens[0]!, { apiRoot: simulator.url })
})
afterEach(() => simulator.stop())

const send = async (chatId: number): Promise<number> => {
  try {
    await api.sendMessage(chatId, 'x')
    return 0
  } catch (error) {
    if (!(error instanceof GrammyError) || error.error_code !== 429) throw error
    expect(error.description).toBe(`Too Many Requests: retry after ${error.parameters.retry_after}`)
    return error.parameters.retry_after!
  }
}

it('lets a short burst into one chat, then refuses until the penalty is over', async () => {
  expect([await send(1), await send(1), await send(1)]).toEqual([0, 0, 0])
  expect(await send(1)).toBe(3)
  now += 2000
  expect(await send(1)).toBe(1)
  now += 999
  expect(await send(1)).toBe(1)
  expect(await send(2)).toBe(0)
  now += 1
  expect(await send(1)).toBe(0)
})

it('lets one message a second into one chat for ever', async () => {
  for (let second = 0; second < 30; second++) {
    expect(await send(1)).toBe(0)
    now += 1000
  }
})

it('lets 20 messages a minute into a group', async () => {
  const group = simulator.createGroup({ members: [1] }).id
  for (let count = 0; count < 20; count++) {
    expect(await send(group)).toBe(0)
    now += 1000
  }
  expect(await send(group)).toBe(40)
  now += 39_000
  expect(await send(group)).toBe(1)
  now += 1000
  expect(await send(group)).toBe(0)
})

it('lets 30 messages a second out of one bot, whoever gets them', async () => {
  for (let chat = 1; chat <= 30; chat++) expect(await send(chat)).toBe(0)
  expect(await send(31)).toBe(1)
  now += 999
  expect(await send(32)).toBe(1)
  now += 1
  expect(await send(31)).toBe(0)
})

it('counts no message that was refused for another reason', async () => {
  simulator.block({ personId: 1 })
  for (let count = 0; count < 5; count++) await expect(send(1)).rejects.toThrow('blocked')
  simulator.unblock({ personId: 1 })
  expect(await send(1)).toBe(0)
})
