import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Api, HttpError } from 'grammy'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTelegramSimulator, type TelegramSimulator } from './start-telegram-simulator.ts'

let simulator: TelegramSimulator
let api: Api

beforeEach(async () => {
  simulator = await startTelegramSimulator({ everyoneStarted: true })
  api = new Api(simulator.tokens[0]!, { apiRoot: simulator.url })
})
afterEach(() => simulator.stop())

const write = (personId: number, text: string) => simulator.write({ personId, text })

describe('getUpdates', () => {
  const texts = async (offset?: number) =>
    (await api.getUpdates(offset === undefined ? {} : { offset })).map((update) => update.message?.text)

  it('brings a confirmed update once more', async () => {
    simulator.failUpdates({ times: 1, effect: 'duplicate', chatId: 1 })
    write(2, 'other')
    write(1, 'twice')
    const [, update] = await api.getUpdates()
    expect(await texts(update!.update_id + 1)).toEqual(['twice'])
    expect(await texts(update!.update_id + 1)).toEqual([])
  })

  it('loses the answer with updates in it, and brings them again', async () => {
    write(1, 'x')
    simulator.failUpdates({ times: 1, effect: 'drop-answer' })
    await expect(api.getUpdates()).rejects.toBeInstanceOf(HttpError)
    expect(await texts()).toEqual(['x'])
  })

  it('lets other chats come first, but keeps the order in each', async () => {
    simulator.failUpdates({ times: 1, effect: 'reorder', chatId: 1 })
    write(1, 'one')
    write(1, 'two')
    expect(await texts()).toEqual([])
    write(2, 'other')
    expect(await texts()).toEqual(['other', 'one', 'two'])
  })

  it('delays what comes from a chat by the clock, in its order', async () => {
    simulator.failUpdates({ times: 1, effect: 'delay', delayMs: 60_000 })
    write(1, 'one')
    write(2, 'other')
    write(1, 'two')
    expect(await texts()).toEqual(['other'])
    simulator.advanceClock({ milliseconds: 60_000 })
    expect(await texts()).toEqual(['other', 'one', 'two'])
  })

  it('begins at any number after a week, and an offset from before hides nothing', async () => {
    write(1, 'before')
    const [before] = await api.getUpdates()
    await api.getUpdates({ offset: before!.update_id + 1 })
    simulator.jumpUpdateIds({ to: 5 })
    write(1, 'after')
    expect(await api.getUpdates({ offset: before!.update_id + 1 })).toMatchObject([
      { update_id: 5, message: { text: 'after' } },
    ])
    expect(await texts(6)).toEqual([])
  })
})

describe('webhooks', () => {
  let hook: Server
  interface Received {
    update_id: number
    message: { text: string }
    edited_message?: { text: string }
  }
  let received: Received[]
  let status: number

  beforeEach(async () => {
    received = []
    status = 200
    hook = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => (body += chunk))
      request.on('end', () => {
        received.push(JSON.parse(body) as Received)
        response.writeHead(status).end()
      })
    })
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
    await api.setWebhook(`http://127.0.0.1:${(hook.address() as AddressInfo).port}/`)
  })
  afterEach(() => {
    hook.closeAllConnections()
    hook.close()
  })

  it.each(['duplicate', 'drop-answer'] as const)('repeat an update once after %s', async (effect) => {
    simulator.failUpdates({ times: 1, effect, chatId: 1 })
    write(1, 'twice')
    write(1, 'behind')
    await expect.poll(() => received.map(({ message }) => message.text)).toEqual(['twice', 'twice', 'behind'])
    expect(received[0]!.update_id).toBe(received[1]!.update_id)
    expect((await api.getWebhookInfo()).last_error_message).toBe(
      effect === 'drop-answer' ? 'Read timeout expired' : undefined,
    )
  })

  it('bring an edit only after the message that it edits', async () => {
    status = 500
    const { message_id: messageId } = write(1, 'one')
    simulator.edit({ personId: 1, messageId, text: 'two' })
    await expect.poll(() => received.length).toBe(2)
    status = 200
    simulator.advanceClock({ milliseconds: 2100 })
    await expect.poll(() => received.length).toBe(4)
    expect(received.map((update) => update.edited_message?.text)).toEqual([
      undefined,
      undefined,
      undefined,
      'two',
    ])
  })
})

describe('chance', () => {
  const outcomes = async (seed: number) => {
    simulator.injectFaults({
      percent: 30,
      seed,
      effects: ['drop-before-processing', 'drop-after-processing', 'server-error', 'too-many-requests'],
    })
    simulator.clearCalls()
    for (let count = 0; count < 60; count++) await api.getMe().catch(() => undefined)
    return simulator.calls().map(({ outcome, status }) => `${outcome} ${status}`)
  }

  it('is the same for the same seed, and takes its share', async () => {
    const first = await outcomes(7)
    expect(await outcomes(7)).toEqual(first)
    expect(await outcomes(8)).not.toEqual(first)
    const wrong = first.filter((outcome) => outcome !== 'answered 200')
    expect(wrong.length).toBeGreaterThan(8)
    expect(wrong.length).toBeLessThan(30)
    expect(new Set(wrong)).toEqual(
      new Set([
        'dropped-before-processing undefined',
        'dropped-after-processing 200',
        'answered 500',
        'answered 429',
      ]),
    )
    simulator.clearFaults()
    await Promise.all(Array.from({ length: 20 }, () => api.getMe()))
  })

  it('reaches updates too when asked for', async () => {
    simulator.injectFaults({ percent: 100, effects: ['duplicate-update'] })
    write(1, 'x')
    const [update] = await api.getUpdates()
    expect(await api.getUpdates({ offset: update!.update_id + 1 })).toEqual([update])
    expect(await api.getUpdates({ offset: update!.update_id + 1 })).toEqual([])
  })
})
