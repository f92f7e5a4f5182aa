import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { startReferenceServer, type ReferenceServer, type ReferenceTalk } from './reference-server.fixture.ts'

const CHROMIUM = '/usr/bin/chromium'

let bundle: string
let browser: Browser
let context: BrowserContext
let server: ReferenceServer

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 8_000, interval: 25 })

/** A tab with a chat in `chat`, and what it was told in `texts`. */
async function openTab(backoff?: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(server.url)
  await start(page, backoff)
  return page
}

async function start(page: Page, backoff = '{ baseMs: 50, capMs: 200 }'): Promise<void> {
  await page.addScriptTag({ content: bundle })
  await page.evaluate(`
    globalThis.texts = []
    globalThis.before = Object.keys(globalThis).length
    globalThis.chat = TaplineChat.createChat({
      url: ${JSON.stringify(server.url)}, publishableKey: 'pk_of_the_tests', backoff: ${backoff}, random: () => 1,
    })
    chat.on('message', ({ message }) => texts.push(message.text))
    void chat.connect()
  `)
}

const isOnline = (page: Page) => until(async () => expect(await page.evaluate('chat.status')).toBe('online'))
const textsOf = (page: Page) => page.evaluate<string[]>('texts')
const shownIn = (page: Page, { id }: ReferenceTalk) =>
  page.evaluate<string[]>(`chat.conversation('${id}').messages.map(({ text }) => text)`)
const send = (page: Page, { id }: ReferenceTalk, text: string) =>
  page.evaluate(`void chat.send('${id}', ${JSON.stringify(text)})`)
const begin = async (page: Page): Promise<ReferenceTalk> =>
  server.talks.get(await page.evaluate<string>('chat.startConversation().then(({ id }) => id)'))!
const stored = (talk: ReferenceTalk) => [...talk.messages.values()].map(({ text }) => text)

describe.skipIf(!existsSync(CHROMIUM))('in Chromium', () => {
  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL('index.ts', import.meta.url))],
      conditions: ['tapline-source'],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'TaplineChat',
      target: 'es2022',
    })
    bundle = outputFiles[0]!.text
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    server = await startReferenceServer({ pingMs: 300 })
    context = await browser.newContext()
  })
  afterEach(async () => {
    await context.close()
    await server.stop()
  })

  it('two tabs have one socket and one visitor; both see everything', async () => {
    const one = await openTab()
    await isOnline(one)
    const other = await openTab()
    await isOnline(other)
    expect(server.peers.size).toBe(1)
    expect(await other.evaluate('chat.me.id')).toBe(await one.evaluate('chat.me.id'))
    const talk = await begin(other)
    await send(other, talk, 'from the other')
    await send(one, talk, 'from the one')
    for (const page of [one, other]) {
      await until(async () =>
        expect((await textsOf(page)).sort()).toEqual(['from the one', 'from the other']),
      )
      expect(await shownIn(page, talk)).toEqual(stored(talk))
    }
    // What was read in one is read in all, whichever has the socket.
    const readIn = (page: Page) => page.evaluate<number>(`chat.conversation('${talk.id}').read`)
    await other.evaluate(`chat.markRead('${talk.id}', 1)`)
    await until(async () => expect(await readIn(one)).toBe(1))
    await one.evaluate(`chat.markRead('${talk.id}', 2)`)
    await until(async () => expect(await readIn(other)).toBe(2))
    const ends = await other.evaluate<string>(
      `chat.edit('${talk.id}', 'msg_0', 'x').catch((error) => error.name + ' ' + error.code)`,
    )
    expect(ends).toBe('ChatError message-not-found')
    expect(server.requests.filter(({ path }) => path === '/v1/visitor-sessions')).toHaveLength(1)
  })

  it('when the tab with the socket closes, another takes it over without loss', async () => {
    const one = await openTab()
    await isOnline(one)
    const other = await openTab()
    await isOnline(other)
    const talk = await begin(one)
    const agent = server.join('Boris', 'agent')
    talk.participants.set(agent.id, { received: 0, read: 0 })
    await send(other, talk, 'before')
    await until(async () => expect(await textsOf(other)).toEqual(['before']))
    // What it has not had an answer for is said by the next one.
    server.script.silent = true
    await send(other, talk, 'during')
    await until(() => expect(stored(talk)).toEqual(['before', 'during']))
    await one.close()
    server.script.silent = false
    server.say(talk, agent.id, 'meanwhile')
    await send(other, talk, 'after')
    await until(async () => expect(await textsOf(other)).toEqual(['before', 'during', 'meanwhile', 'after']))
    expect(stored(talk)).toEqual(['before', 'during', 'meanwhile', 'after'])
    expect(server.peers.size).toBe(1)
    expect(await shownIn(other, talk)).toEqual(stored(talk))
  })

  it('what waits offline survives a reload and is said once, in order', async () => {
    const page = await openTab()
    await isOnline(page)
    const talk = await begin(page)
    await send(page, talk, 'one')
    await until(() => expect(stored(talk)).toEqual(['one']))
    server.script.answer = ({ path }) =>
      path === '/v1/socket-tickets' ? { status: 503, body: { code: 'unavailable' } } : undefined
    server.cutAll()
    await until(async () => expect(await page.evaluate('chat.status')).toBe('waiting'))
    await send(page, talk, 'two')
    await send(page, talk, 'three')
    await page.reload()
    await start(page)
    await until(async () => expect(await shownIn(page, talk)).toEqual(['two', 'three']))
    server.script.answer = () => undefined
    await until(async () => expect(await shownIn(page, talk)).toEqual(['one', 'two', 'three']))
    expect(stored(talk)).toEqual(['one', 'two', 'three'])
    expect(await page.evaluate('Object.keys(localStorage).filter((key) => key.includes(":q:"))')).toEqual([])
  })

  it('offline is waited out, and `online` is a hint to try at once', async () => {
    const page = await openTab('{ baseMs: 60_000, capMs: 60_000 }')
    await isOnline(page)
    const talk = await begin(page)
    await context.setOffline(true)
    server.cutAll()
    await send(page, talk, 'written offline')
    await until(async () => expect(await page.evaluate('chat.status')).toBe('waiting'))
    await context.setOffline(false)
    await until(() => expect(stored(talk)).toEqual(['written offline']))
  })

  it('leaves no cookie, no global, and no storage before the first message', async () => {
    const page = await openTab()
    await isOnline(page)
    const talk = await begin(page)
    const traces =
      '[document.cookie, Object.keys(globalThis).length - before, Object.keys(localStorage).length]'
    // `chat` of this test.
    expect(await page.evaluate(traces)).toEqual(['', 2, 0])
    await send(page, talk, 'Hello')
    await until(() => expect(stored(talk)).toEqual(['Hello']))
    // It is in the queue until it is acknowledged.
    await until(async () => expect(await page.evaluate('Object.keys(localStorage).length')).toBe(2))
  })
})
