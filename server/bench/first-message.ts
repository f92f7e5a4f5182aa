import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { chromium, type Browser } from 'playwright-core'
import { openChatSocket } from './chat-socket.ts'
import { askChat } from './chat-ticket.ts'
import { say } from './door.ts'
import { inWords, percentiles, type Row } from './report.ts'
import { createShop, type Role, type Surroundings } from './surroundings.ts'

const VISITORS = 60
/** A question of some twenty letters, by somebody who types three times as fast as most. */
const QUESTION = 'Is it there in blue?'
const KEY_MS = 60
const CHROMIUM = '/usr/bin/chromium'
/** When the key went down, by the clock of the page, which is that of the machine. */
const CLOCK = `globalThis.said = []; addEventListener('keydown', ({ key }) => key === 'Enter' && said.push(Date.now()), true)`
const PATIENCE_MS = 10_000

/** What a shopper writes in the widget, from the key until an agent's socket has it. */
export async function firstMessage(surroundings: Surroundings): Promise<Row> {
  const database = await surroundings.createDatabase('first_message')
  const server = await surroundings.startRole('api,worker,relay,gateway', database)
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const shop = await openShop(server)
  try {
    await visit(browser, shop, 0)
    const [typed, pasted, later]: number[][] = [[], [], []]
    for (let visitor = 0; visitor < VISITORS; visitor++) {
      for (const [times, keyMs] of [
        [typed, KEY_MS],
        [pasted, 0],
      ] as const) {
        // prettier-ignore
        const [first, second] = await visit(browser, shop, keyMs)
        times!.push(first!)
        later!.push(second!)
      }
    }
    const [ours, atOnce, baseline] = [percentiles(typed!), percentiles(pasted!), percentiles(later!)]
    say(`first-message: ${inWords(ours)} | pasted ${inWords(atOnce)} | second ones ${inWords(baseline)}`)
    return {
      row: 'first-message',
      ours: ours.p95,
      baseline: baseline.p95,
      unit: 'ms',
      must: { oursAtMost: 300 },
      aim: { oursAtMost: 150 },
      measuredBaseline: undefined,
      note: `typed: ${inWords(ours)}; pasted and sent at once: ${inWords(atOnce)}; second messages: ${inWords(baseline)}`,
    }
  } finally {
    await browser.close()
    await shop.close()
    await server.stop()
    await database.close()
  }
}

type Shop = Awaited<ReturnType<typeof openShop>>

/** A page with the widget, and an agent who hears of every conversation. */
async function openShop(api: Role) {
  const { secretKey, publishableKey } = await createShop(api)
  const ask = <Body>(method: string, path: string, body?: object, key = secretKey) =>
    askChat<Body>(api.port, key, method, path, body)
  const tag = `<script async src="http://127.0.0.1:${api.port}/js/tapline-chat.js" data-key="${publishableKey}"></script>`
  const site = createServer((_request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><html lang="en"><title>Shop</title>${tag}<h1>Shop</h1>`),
  ).listen(0, '127.0.0.1')
  await once(site, 'listening')
  const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  await ask('PUT', '/v1/chat-settings', { allowedOrigins: [origin] })

  const { token } = await ask<{ token: string }>('POST', '/v1/agents', { name: 'Olga' })
  const { ticket } = await ask<{ ticket: string }>('POST', '/v1/socket-tickets', undefined, token)
  const seen = new Map<string, number>()
  const agent = await openChatSocket({
    port: api.port,
    hello: { ticket, positions: [], follow: 'project' },
    onFrame(frame, send) {
      if (frame.type !== 'events') return
      for (const { kind, conversationId, sequence, ...event } of frame.events) {
        if (kind === 'message' && 'message' in event) seen.set(event.message.text ?? '', Date.now())
        send({ type: 'received', conversationId, sequence })
      }
    },
    onClosed: () => undefined,
  })
  return {
    ...{ origin, seen },
    close: async () => {
      agent.drop()
      site.close()
    },
  }
}

/** A browser with nothing in it; how long each of its messages took, in the order in which they were said. */
async function visit(browser: Browser, { origin, seen }: Shop, keyMs: number): Promise<number[]> {
  const context = await browser.newContext({ locale: 'en-US' })
  try {
    const page = await context.newPage()
    await page.addInitScript(CLOCK)
    await page.goto(origin)
    await page.locator('tapline-chat .bubble').click()
    const field = page.locator('tapline-chat .line textarea')
    const times: number[] = []
    for (let number = 0; number < 2; number++) {
      const text = `${QUESTION} ${randomUUID().slice(0, 4)}`
      if (keyMs > 0) await field.pressSequentially(text, { delay: keyMs })
      else await field.fill(text)
      await field.press('Enter')
      const until = Date.now() + PATIENCE_MS
      while (!seen.has(text)) {
        if (Date.now() > until) throw new Error('The agent has not seen a message')
        await delay(5)
      }
      const at = await page.evaluate('said')
      times.push(seen.get(text)! - (at as number[])[number]!)
    }
    return times
  } finally {
    await context.close()
  }
}
