import { Api, HttpError } from 'grammy'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { calls } from './calls.ts'
import { startTelegramSimulator, type TelegramSimulator } from './start-telegram-simulator.ts'

let simulator: TelegramSimulator
let api: Api

beforeEach(async () => {
  simulator = await startTelegramSimulator({ everyoneStarted: true })
  api = new Api(simulator.tokens[0]!, { apiRoot: simulator.url })
})
afterEach(() => simulator.stop())

const texts = (chatId: number) => simulator.messages({ chatId }).map((message) => message.text)

it('answers the next calls as told, of that method and chat alone', async () => {
  simulator.failNext({
    times: 2,
    method: 'sendmessage',
    chatId: 1,
    effect: { answer: { status: 502, body: 'x' } },
  })
  await expect(api.getMe()).resolves.toBeTruthy()
  await expect(api.sendMessage(2, 'other')).resolves.toBeTruthy()
  await expect(api.sendMessage(1, 'a')).rejects.toThrow()
  await expect(api.sendMessage(1, 'b')).rejects.toThrow()
  await expect(api.sendMessage(1, 'c')).resolves.toBeTruthy()
  expect(texts(1)).toEqual(['c'])
  expect(simulator.calls({ chatId: 1 }).map((call) => call.status)).toEqual([502, 502, 200])
})

it('drops the connection before anything has happened', async () => {
  simulator.failNext({ times: 1, effect: 'drop-before-processing' })
  await expect(api.sendMessage(1, 'lost')).rejects.toBeInstanceOf(HttpError)
  expect(texts(1)).toEqual([])
})

it('drops the connection after the message was sent', async () => {
  simulator.failNext({ times: 1, effect: 'drop-after-processing' })
  await expect(api.sendMessage(1, 'sent')).rejects.toBeInstanceOf(HttpError)
  expect(texts(1)).toEqual(['sent'])
  expect(simulator.calls()).toMatchObject([
    { method: 'sendMessage', outcome: 'dropped-after-processing', parameters: { chat_id: 1, text: 'sent' } },
  ])
})

it('delays, and still sends for a client that did not wait', async () => {
  simulator.failNext({ times: 1, delayMs: 150 })
  const started = performance.now()
  await api.getMe()
  expect(performance.now() - started).toBeGreaterThanOrEqual(149)

  simulator.failNext({ times: 1, delayMs: 60_000 })
  const impatient = new Api(simulator.tokens[0]!, { apiRoot: simulator.url, timeoutSeconds: 0.1 })
  await expect(impatient.sendMessage(1, 'slow')).rejects.toThrow()
  await expect.poll(() => texts(1)).toEqual(['slow'])
  expect(simulator.calls({ method: 'sendMessage' })).toMatchObject([{ outcome: 'client-left' }])
})

it('is gone as a whole during an outage, waiting polls included', async () => {
  const poll = api.getUpdates({ timeout: 30 }).catch((error: unknown) => error)
  await expect.poll(() => simulator.isPolled()).toBe(true)
  simulator.changeSettings({ outage: true })
  expect(await poll).toBeInstanceOf(HttpError)
  await expect(api.sendMessage(1, 'x')).rejects.toBeInstanceOf(HttpError)
  simulator.changeSettings({ outage: false })
  await api.sendMessage(1, 'y')
  expect(texts(1)).toEqual(['y'])
})

it('forgets planned faults when told to and never logs a token', async () => {
  simulator.failNext({ times: 5, effect: 'drop-before-processing' })
  simulator.clearFaults()
  await api.getMe()
  expect(JSON.stringify(simulator.calls())).not.toContain(simulator.tokens[0])
})

it('keeps the last two thousand calls', () => {
  const kept = calls()
  const call = { at: 0, botId: 1, method: 'getMe', outcome: 'answered', status: 200, answer: {} } as const
  for (let count = 0; count < 4100; count++) kept.record({ ...call, parameters: { count } })
  expect(kept.find({})).toHaveLength(2000)
  expect(kept.find({}).at(-1)?.parameters).toEqual({ count: 4099 })
})
