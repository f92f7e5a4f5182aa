import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { signIdentity } from '@tapline/signing'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Line } from './chat-desk.fixture.ts'
import { eventually } from './tapline.fixture.ts'
import { openPhone } from './telegram-phone.fixture.ts'
import { bubble, field, hasChromium, openWidgetPages, panel, said, say, type WidgetPages } from './widget-page.fixture.ts' // prettier-ignore

const WIDGET = new URL('../../sdks/widget/', import.meta.url)
const AXE = createRequire(new URL('package.json', WIDGET)).resolve('axe-core/axe.min.js')
const INSIDE = `document.querySelector('tapline-chat').shadowRoot`
type Tickets = { data: { id: string; rating: unknown }[] }
const BOT = '700001:secret-of-the-bot-of-the-widget'

describe.skipIf(!hasChromium)('the widget in a page', () => {
  let shop: WidgetPages
  let agent: Line
  let botId: number
  let texts = 0

  beforeAll(async () => {
    shop = await openWidgetPages({ moderation: { blockedWords: ['darn'] }, maxAttachmentBytes: 50_000 })
    agent = await shop.desk.connect(await shop.desk.agent('Olga'), { follow: 'project' })
    botId = shop.tapline.telegram.createBot({ token: BOT, username: 'shop_bot' }).id
    await shop.desk.must('PUT', '/v1/integrations/telegram', shop.desk.shop.secretKey, { token: BOT })
    await shop.desk.must('PUT', '/v1/program', shop.desk.shop.secretKey, {
      basePercent: 5,
      tiers: [{ name: 'Gold', threshold: '5000.00', percent: 2 }],
    })
  })
  afterEach(() => shop.leave())
  afterAll(() => shop.stop())

  /** Words that nobody has said yet. */
  const ask = (words = 'Is it in blue?') => `${words} (${++texts})`
  const log = (text: string) => ({ events }: { events: { kind: string }[] }) => events.some((event) => JSON.stringify(event).includes(text)) // prettier-ignore
  /** The conversation in which this was said, when the agent has it. */
  const heard = async (text: string): Promise<string> =>
    (await agent.frame('events', log(JSON.stringify(text).slice(1, -1)))).events[0]!.conversationId
  const saidTo = (text: string): number =>
    agent.of('events').flatMap(({ events }) => events).filter((event) => event.kind === 'message' && event.message.text === text).length // prettier-ignore
  const presence = (page: Page) => panel(page).locator('.head .state').textContent()
  const badge = async (page: Page) => (await page.locator('tapline-chat .badge').isVisible()) ? page.locator('tapline-chat .badge').textContent() : undefined // prettier-ignore
  const stateOf = (page: Page) => panel(page).locator('.mine .state').last().getAttribute('aria-label')
  const stored = (page: Page) => page.evaluate<string[]>('[...Object.keys(localStorage), ...Object.keys(sessionStorage)]') // prettier-ignore
  const ticketOf = (id: string) =>
    eventually(
      () => shop.desk.must<Tickets>('GET', `/v1/tickets?conversationId=${id}`, shop.desk.shop.secretKey),
      ({ data }) => data.length > 0,
    ).then(({ data }) => data[0]!)
  const api = () => new RegExp(`^${shop.tapline.url}/v1/(?!page$)`)

  it('a first message reaches the agent, the answer is shown, and both see how far the other is', async () => {
    const { open, complaints, context, requested } = await shop.visit()
    context.on('page', (one) => one.on('websocket', (socket) => requested.push(socket.url())))
    const page = await open('/')
    await bubble(page).click()
    await field(page).waitFor()
    expect(await presence(page)).toBe('We answer soon')
    // Nobody has agreed to anything yet.
    expect(await stored(page)).toEqual([])
    const text = ask()
    await say(page, text)
    const id = await heard(text)
    await expect.poll(() => stateOf(page)).toBe('Sent')
    await agent.send(id, 'Look at www.shop.test/a_(b), <b>please</b>.')
    await expect.poll(() => said(page)).toEqual([text, 'Look at www.shop.test/a_(b), <b>please</b>.'])
    expect(await panel(page).locator('.said a').getAttribute('href')).toBe('https://www.shop.test/a_(b)')
    // Whoever has answered is there.
    await expect.poll(() => presence(page)).toBe('Online')
    agent.say({ type: 'typing', conversationId: id })
    await expect.poll(() => panel(page).locator('.typing').textContent()).toBe('Olga is typing…')
    // What others say is read out, and only that.
    await expect
      .poll(() => panel(page).locator('[aria-live=polite].unseen').textContent())
      .toMatch(/^Olga: Look/)
    const sequence = agent.log(id).at(-1)!.sequence
    await agent.frame('receipt', (frame) => frame.conversationId === id && frame.read >= sequence)
    agent.say({ type: 'read', conversationId: id, sequence })
    await expect.poll(() => stateOf(page)).toBe('Read')
    await field(page).pressSequentially('W')
    await agent.frame('typing', (frame) => frame.conversationId === id)

    expect((await stored(page)).every((key) => key.startsWith('tapline:'))).toBe(true)
    expect(await context.cookies()).toEqual([])
    const origins = requested.map((url) => new URL(url.replace(/^ws/, 'http')).origin)
    expect([...new Set(origins)].sort()).toEqual([shop.origin, shop.tapline.url].sort())
    // No key, session or ticket stands where logs and histories would keep it.
    expect(requested.some((url) => url.startsWith('ws'))).toBe(true)
    expect(requested.filter((url) => /\b(pk|st|sr|at)_|(token|ticket|key)=/.test(url))).toEqual([])
    expect(complaints).toEqual([])
  })

  it('what is said without a connection waits, over a reload too, and arrives once', async () => {
    const { open, context } = await shop.visit()
    const page = await open('/')
    await context.route(api(), (route) => route.abort())
    const [first, second] = [ask('First'), ask('Second')]
    await say(page, first)
    await expect.poll(() => stateOf(page)).toBe('Waiting to be sent')
    await page.reload()
    await say(page, second)
    await expect.poll(() => said(page)).toEqual([first, second])
    await context.unroute(api())
    await page.evaluate('window.dispatchEvent(new Event("online"))')
    await heard(second)
    await expect.poll(() => stateOf(page)).toBe('Sent')
    expect([saidTo(first), saidTo(second)]).toEqual([1, 1])
    // The conversation is there again the next time, and so is what came meanwhile.
    const id = await heard(first)
    await page.goto('about:blank')
    await agent.send(id, 'An answer for later')
    await page.goto(shop.origin)
    await expect.poll(() => bubble(page).getAttribute('aria-label')).toBe('Chat with the shop, 1 unread')
    await bubble(page).click()
    await expect.poll(() => said(page)).toEqual([first, second, 'An answer for later'])
    await expect.poll(() => page.locator('tapline-chat .badge').isVisible()).toBe(false)
  })

  it('tabs have one conversation over one socket', async () => {
    const { open, context } = await shop.visit()
    let sockets = 0
    context.on('page', (page) => page.on('websocket', () => sockets++))
    const one = await open('/')
    const other = await open('/other')
    await bubble(other).click()
    const [text, more] = [ask('From one'), ask('From the other')]
    await say(one, text)
    const id = await heard(text)
    await expect.poll(() => said(other)).toEqual([text])
    await say(other, more)
    await heard(more)
    await agent.send(id, 'To both')
    for (const page of [one, other]) await expect.poll(() => said(page)).toEqual([text, more, 'To both'])
    expect(sockets).toBe(1)
    // What was read in one is read in all.
    for (const page of [one, other]) await page.keyboard.press('Escape')
    await agent.send(id, 'Read once')
    for (const page of [one, other]) await expect.poll(() => badge(page)).toBe('1')
    await bubble(one).click()
    await expect.poll(() => badge(other)).toBe(undefined)
    await bubble(other).click()
    await one.close()
    await agent.send(id, 'To whoever is left')
    await expect.poll(() => said(other)).toContain('To whoever is left')
  })

  it('a strict policy, Trusted Types and a hostile page change nothing', async () => {
    const { open, complaints } = await shop.visit()
    const { url } = shop.tapline
    const policy = `default-src 'none'; script-src ${url} 'nonce-n1'; connect-src ${url} ${url.replace('http', 'ws')}; require-trusted-types-for 'script'; trusted-types 'none'`
    const hostile = `
      Object.prototype.hostile = function () {}; Object.prototype.method = 'DELETE2'; Object.prototype.locale = 'xx'
      Array.prototype.hostile = 1; Array.prototype.toJSON = undefined; delete Array.prototype.toJSON
      Array.prototype.last = function () { return this[this.length - 1] }; String.prototype.hostile = 1
      window.name = 'hostile'; window.h = window.page = window.chat = window.define = window.exports = 1
      for (const [tag, name, value] of [['form', 'name', 'TaplineChat'], ['img', 'name', 'currentScript']]) {
        const clobber = document.createElement(tag)
        clobber.setAttribute(name, value)
        document.head.append(clobber)
      }
      const shelf = 'tapline:${url}:${shop.desk.shop.publishableKey}:'
      for (const name of ['q:', 'first:'])
        for (const [index, value] of ['{', 'null', '[]', '{"text":5,"at":1e300}', '{"__proto__":{"polluted":1}}'].entries())
          localStorage.setItem(shelf + name + '531b9007-31bb-49ec-ad61-65f90843000' + index, value)
      for (const name of ['device', 'renewal', 'calls', '__proto__']) localStorage.setItem(shelf + name, 'x'.repeat(100_000))
    `
    const page = await open('/strict', {
      headers: { 'content-security-policy': policy },
      head: `<script nonce="n1">${hostile}</script>`,
      body: '<tapline-chat></tapline-chat><tapline-chat></tapline-chat>',
    })
    const text = ask('Under a policy')
    await say(page, text)
    const rude = `\u202e<img src=x onerror=alert(1)> javascript:alert(1) ${'W'.repeat(2_000)}`
    await agent.send(await heard(text), rude)
    await expect.poll(() => said(page)).toEqual([text, rude])
    expect(await panel(page).locator('.said a').count()).toBe(0)
    expect(
      await panel(page)
        .locator('.log')
        .evaluate((log) => log.scrollWidth - log.clientWidth),
    ).toBe(0)
    await panel(page).getByRole('button', { name: 'Settings' }).click()
    expect(await panel(page).getByRole('switch').first().isChecked()).toBe(false)
    expect(await bubble(page).count()).toBe(1)
    expect(complaints).toEqual([])

    const reset =
      '*{all:unset!important;font-size:1px!important;color:red!important}body>*,div,button{display:none!important;visibility:hidden!important;position:static!important;transform:scale(0)!important;opacity:0!important}'
    const styled = await open('/styled', { head: `<style>${reset}</style>` })
    await expect.poll(() => bubble(styled).isVisible()).toBe(true)
    await bubble(styled).click()
    await field(styled).waitFor()
    const seen = await panel(styled).boundingBox()
    expect(seen).toMatchObject({ width: 392 })
    expect(await styled.evaluate(`getComputedStyle(${INSIDE}.querySelector('.panel')).fontSize`)).toBe('15px')
  })

  it('a server that is slow or away keeps the shop from nothing; one that refuses the page, from a bubble', async () => {
    const { open, context, complaints } = await shop.visit()
    // It never answers.
    await context.route('**/v1/page', () => undefined)
    const page = await open('/')
    const text = ask('Slow')
    await say(page, text)
    await heard(text)

    const gone = await shop.visit()
    await gone.context.route(/\/js\/panel-/, (route) => route.abort())
    await gone.context.route('**/v1/**', (route) => route.abort())
    const other = await gone.open('/', { head: `<script>window.codes = []; document.addEventListener('tapline-error', ({ detail }) => codes.push(detail.code))</script>` }) // prettier-ignore
    await bubble(other).click()
    await expect.poll(() => other.evaluate('codes')).toEqual(['panel-unreachable'])
    await gone.context.unroute(/\/js\/panel-/)
    await bubble(other).click()
    await expect.poll(() => field(other).isVisible()).toBe(true)

    // Something in between answers in its place.
    for (const body of ['[]', '{"widget":{"colour":5},"chat":{},"bonuses":{}}']) {
      await gone.context.route('**/v1/page', (route) =>
        route.fulfill({ body, headers: { 'access-control-allow-origin': '*' } }),
      )
      await other.reload()
      await expect.poll(() => bubble(other).isVisible()).toBe(true)
    }

    // The server itself says no: the page is at an address that nobody has allowed.
    await context.unroute('**/v1/page')
    await page.goto(shop.origin.replace('127.0.0.1', 'localhost'))
    await expect
      .poll(() => complaints.filter((text) => text.startsWith('Tapline: ')))
      .toEqual([expect.stringContaining('allowedOrigins')])
    await page.evaluate(`TaplineChat.open(), TaplineChat.send('Anybody?')`)
    expect(await page.locator('tapline-chat').count()).toBe(0)
  })

  it('the page stays as it was: no shift, no request before it is idle, one global', async () => {
    const { open, context } = await shop.visit()
    const shifts = `<script>window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => (shift += one.value))).observe({ type: 'layout-shift', buffered: true })</script>`
    const body = '<p>Some text</p>'.repeat(60)
    const bare = await open('/bare', { bare: true, head: shifts, body })
    const page = await open('/', { head: shifts, body })
    await bubble(page).click()
    await field(page).waitFor()
    await page.keyboard.press('Escape')
    expect(await page.evaluate('shift')).toBe(await bare.evaluate('shift'))
    const globals = 'Object.getOwnPropertyNames(window)'
    const [before, after] = [await bare.evaluate<string[]>(globals), await page.evaluate<string[]>(globals)]
    expect(after.filter((name) => !before.includes(name))).toEqual(['TaplineChat'])
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    // Taken away while the first message is on its way, and put there again.
    let begun = false
    await context.route(/\/v1\/conversations$/, (route) => {
      if (begun || route.request().method() !== 'POST') return route.continue()
      // It is never answered.
      begun = true
    })
    const text = ask('And again')
    await say(page, text)
    await expect.poll(() => begun).toBe(true)
    await page.evaluate('TaplineChat.destroy()')
    expect(await page.evaluate(`[!!document.querySelector('tapline-chat'), 'TaplineChat' in window]`)).toEqual([false, false]) // prettier-ignore
    const again = (key: string) =>
      page.evaluate(`{
        const script = document.createElement('script')
        script.src = '${shop.tapline.url}/js/tapline-chat.js'
        script.dataset.key = '${key}'
        document.head.append(script)
      }`)
    await again(shop.desk.shop.publishableKey)
    await heard(text)
    // One that stands there twice is there once.
    await again('pk_of_another')
    await bubble(page).click()
    await expect.poll(() => said(page)).toEqual([text])
    expect(await page.locator('tapline-chat').count()).toBe(1)
  })

  it('fills a phone, above its keyboard, and fits a page at 200 %', async () => {
    const { open } = await shop.visit({
      viewport: { width: 360, height: 640 },
      hasTouch: true,
      isMobile: true,
    })
    const page = await open('/', { body: '<p>Long</p>'.repeat(100) })
    await bubble(page).tap()
    await field(page).waitFor()
    expect(await panel(page).boundingBox()).toMatchObject({ x: 0, y: 0, width: 360, height: 640 })
    expect(await bubble(page).isVisible()).toBe(false)
    expect(await panel(page).getAttribute('aria-modal')).toBe('true')
    // As when the keyboard comes: less is seen, and the layout stays.
    await page.evaluate(
      `Object.defineProperty(visualViewport, 'height', { get: () => 340 }); visualViewport.dispatchEvent(new Event('resize'))`,
    )
    await expect.poll(async () => (await panel(page).boundingBox())!.height).toBe(340)
    const line = (await panel(page).locator('.line').boundingBox())!
    expect(line.y + line.height).toBeLessThanOrEqual(340)
    const small = await page.evaluate<string[]>(
      `[...${INSIDE}.querySelectorAll('button,input:not([hidden]),a')].filter((one) => one.checkVisibility()).filter((one) => one.getBoundingClientRect().width < 24 || one.getBoundingClientRect().height < 24).map((one) => one.className)`,
    )
    expect(small).toEqual([])

    const zoomed = await (await shop.visit({ viewport: { width: 640, height: 400 } })).open('/')
    await bubble(zoomed).click()
    await field(zoomed).waitFor()
    const box = (await panel(zoomed).boundingBox())!
    expect([box.y >= 0, box.y + box.height <= 400]).toEqual([true, true])
  })

  it('is worked by keys alone, and gives the focus back', async () => {
    const { open } = await shop.visit()
    const page = await open('/', { body: '<button>Buy</button>' })
    const focused = () => page.evaluate<string>(`(() => { let e = document.activeElement; while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement; return e.getAttribute('aria-label') ?? e.textContent })()`) // prettier-ignore
    await bubble(page).waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Chat with the shop')
    await page.keyboard.press('Enter')
    await expect.poll(focused).toBe('Write a message')
    const seen = new Set<string>()
    for (let times = 0; times < 12; times++) {
      await page.keyboard.press('Tab')
      seen.add(await focused())
    }
    expect([...seen]).toEqual(expect.arrayContaining(['Settings', 'Close the chat', 'Attach files', 'Emoji', 'Send', 'Write a message'])) // prettier-ignore
    expect([...seen]).not.toContain('Buy')
    await field(page).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await field(page).inputValue()).toBe('😢')
    await page.keyboard.press('Escape')
    await expect.poll(focused).toBe('Chat with the shop')
    expect(await panel(page).isVisible()).toBe(false)
  })

  it('files go by button, and what is too big or refused is said in words', async () => {
    const { open } = await shop.visit()
    const page = await open('/')
    const text = ask('With a file')
    await say(page, text)
    const id = await heard(text)
    const files = page.locator('tapline-chat input[type=file]')
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64') // prettier-ignore
    await files.setInputFiles([{ name: 'blue.png', mimeType: 'image/png', buffer: png }])
    await expect.poll(() => panel(page).locator('img[alt="blue.png"]').isVisible()).toBe(true)
    await agent.frame('events', log('blue.png'))
    // Dropped anywhere on the panel, and never into the page's place.
    const carried = (type: string, into: string, ...files: string[]) =>
      page.evaluate<boolean>(`{
        const data = new DataTransfer()
        for (const name of ${JSON.stringify(files)}) data.items.add(new File([Uint8Array.from(atob('${png.toString('base64')}'), (one) => one.charCodeAt(0))], name, { type: 'image/png' }))
        if (${files.length < 1 || type === 'paste'}) data.setData('text/plain', '${type === 'paste' ? 'words' : ''}')
        const init = { bubbles: true, cancelable: true, composed: true, dataTransfer: data, clipboardData: data }
        !${INSIDE}.querySelector('${into}').dispatchEvent(new ('${type}' === 'paste' ? ClipboardEvent : DragEvent)('${type}', init))
      }`)
    expect(await carried('dragover', '.head', 'a.png')).toBe(true)
    await expect.poll(() => panel(page).locator('.drop').isVisible()).toBe(true)
    expect(await carried('drop', '.head', '\u202egnp.<b>.png')).toBe(true)
    expect(await panel(page).locator('.drop').isVisible()).toBe(false)
    await expect.poll(() => panel(page).locator('img').last().getAttribute('alt')).toBe('gnp._b_.png')
    // Words that bring a picture of themselves are words.
    expect(await carried('paste', '.line textarea', 'words.png')).toBe(false)
    await files.setInputFiles([{ name: 'huge.png', mimeType: 'image/png', buffer: Buffer.alloc(60_000) }])
    await expect.poll(() => panel(page).getByRole('alert').textContent()).toMatch(/^huge\.png is too big: 50/)
    await expect.poll(() => panel(page).locator('.upload').count()).toBe(0)
    await say(page, 'This darn thing')
    await expect.poll(() => field(page).inputValue()).toBe('This darn thing')
    expect(await panel(page).getByRole('alert').textContent()).toMatch(/words that are not accepted/)
    expect(agent.texts(id)).not.toContain('This darn thing')
    await panel(page).getByRole('button', { name: 'Settings' }).click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      panel(page).getByRole('button', { name: 'Download the conversation' }).click(),
    ])
    expect(readFileSync(await download.path(), 'utf8')).toMatch(/You: With a file[^]*\[blue\.png\]/)
  })

  it('calls with sound, title and notification whom it may, and nobody else', async () => {
    const { open } = await shop.visit({ permissions: ['notifications'] })
    const watched = `<script>
      window.tones = 0; window.notes = []
      const { start } = OscillatorNode.prototype
      OscillatorNode.prototype.start = function (at) { tones += this.context.state === 'running' ? 1 : 0; start.call(this, at) }
      window.Notification = class extends Notification { constructor(title, { body }) { super(title, { body }); notes.push([title, body]) } }
    </script>`
    const page = await open('/', { head: watched })
    const look = (hidden: boolean) => page.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true, value: ${hidden} }); document.dispatchEvent(new Event('visibilitychange'))`) // prettier-ignore
    const text = ask('Call me')
    await say(page, text)
    const id = await heard(text)
    await look(true)
    await agent.send(id, 'In silence')
    await expect.poll(() => page.title()).toBe('● New message')
    // A title that the page has set meanwhile is the page's.
    await page.evaluate(`document.title = 'In the cart'`)
    await look(false)
    expect(await page.title()).toBe('In the cart')
    expect(await page.evaluate('[tones, notes]')).toEqual([0, []])

    await panel(page).getByRole('button', { name: 'Settings' }).click()
    for (const name of ['Sound', 'Notifications'])
      await panel(page).locator('.option').filter({ hasText: name }).click()
    await expect.poll(() => page.evaluate('tones')).toBe(2)
    await look(true)
    await agent.send(id, 'And loud')
    await expect.poll(() => page.evaluate('[tones > 2, notes]')).toEqual([true, [['Olga', 'And loud']]])
    await look(false)
  })

  it('commands wait for the script; a page opens, speaks, hears and says who the shopper is', async () => {
    const { open } = await shop.visit()
    const text = ask('Said by the page')
    await shop.desk.shop.post({ action: 'purchase', payload: { email: 'vera@example.com', amount: 3000, orderId: 'W-1' } }, { prefer: 'wait=10' }) // prettier-ignore
    const token = signIdentity({
      secret: shop.desk.shop.signingSecret,
      email: 'vera@example.com',
      name: 'Vera',
    })
    const queued = `window.told = []; (window.TaplineChat ||= []).push(['on', 'message', ({ text }) => told.push(text)], ['open'], ['send', ${JSON.stringify(text)}]); document.addEventListener('tapline-open', () => told.push('open'))`
    const page = await open('/', { head: `<script>${queued}</script>` })
    const id = await heard(text)
    await agent.send(id, 'Heard')
    await expect.poll(() => page.evaluate('told')).toEqual(['open', 'Heard'])

    // From then on it is the customer's conversation.
    await page.evaluate(`TaplineChat.identify(${JSON.stringify(token)})`)
    await panel(page).getByRole('tab', { name: 'Bonuses' }).click()
    await expect.poll(() => panel(page).locator('.amount').textContent()).toBe('150')
    expect(await panel(page).locator('.tier').textContent()).toMatch(/₽|RUB/)
    expect(await panel(page).locator('.history li').count()).toBe(1)
    // Months and money as Kazakh has them, or as Russian, whatever the browser calls them.
    await page.evaluate(`TaplineChat.setLocale('kk')`)
    await expect
      .poll(() => panel(page).locator('.history small').textContent())
      .toMatch(/^\d\d\.\d\d · |^\d+ \p{L}+ · /u)
    expect(await panel(page).locator('.tier').textContent()).toMatch(/\d\s₽/)
    await page.evaluate(`TaplineChat.setLocale('en')`)
    await panel(page).getByRole('tab', { name: 'Chat' }).click()
    await expect.poll(() => said(page)).toEqual([text, 'Heard'])
    await page.evaluate(`TaplineChat.setLocale('ru')`)
    await expect.poll(() => field(page).getAttribute('placeholder')).toBe('Напишите сообщение')
    await page.evaluate('TaplineChat.logout()')
    await expect.poll(() => said(page)).toEqual([])
    await expect.poll(() => stored(page)).toEqual([])
  })

  it('a shopper proves in Telegram who it is, and sees the bonuses', async () => {
    const { open } = await shop.visit()
    await shop.desk.shop.post({ action: 'purchase', payload: { phone: '+77010000077', amount: 2000, orderId: 'W-2' } }, { prefer: 'wait=10' }) // prettier-ignore
    const phone = openPhone(shop.tapline, { botId, phone: '+77010000077' })
    phone.start()
    phone.shares()
    await phone.reads(/linked|bonus/i)
    const page = await open('/')
    await bubble(page).click()
    await panel(page).getByRole('tab', { name: 'Bonuses' }).click()
    await panel(page).getByRole('button', { name: 'Confirm in Telegram' }).click()
    const link = panel(page).getByRole('link', { name: 'Confirm in Telegram' })
    const url = new URL((await link.getAttribute('href'))!)
    await panel(page).getByRole('img', { name: 'QR code' }).waitFor()
    expect(await panel(page).locator('.amount').count()).toBe(0)
    phone.start(url.searchParams.get('start')!)
    await phone.presses('Yes')
    await expect.poll(() => panel(page).locator('.amount').textContent()).toBe('100')
  })

  it('greets by path, asks for consent and contact, and how it was; axe finds nothing in any of it', async () => {
    await shop.desk.must('PUT', '/v1/support-settings', shop.desk.shop.secretKey, { enabled: true })
    await shop.desk.must('PUT', '/v1/page-settings', shop.desk.shop.secretKey, { widget: LOOK })
    await eventually(
      () => shop.desk.call<{ widget: object }>('GET', '/v1/page', shop.desk.shop.publishableKey),
      ({ body }) => JSON.stringify(body.widget).includes('/sale/'),
    )
    for (const colorScheme of ['light', 'dark'] as const) {
      const { open } = await shop.visit({ colorScheme })
      const page = await open('/')
      await page.addScriptTag({ path: AXE })
      const check = async (name: string) => {
        const found = await page.evaluate<string[]>(
          `axe.run({ include: [['tapline-chat']] }, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { region: { enabled: false } } }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ' ' + node.target.join(' ') + ' ' + node.failureSummary)))`,
        )
        expect(found, `${name}, ${colorScheme}`).toEqual([])
      }
      const greeting = page.locator('tapline-chat .hello')
      await bubble(page).waitFor()
      expect(await greeting.count()).toBe(0)
      await page.evaluate(`history.pushState({}, '', '/sale/shoes')`)
      await greeting.waitFor()
      await page.waitForTimeout(300)
      await check('greeting')
      await greeting.getByText('Need a hand?').click()
      // Who came by it is not greeted on the next page.
      expect(await page.evaluate(`sessionStorage.getItem('tapline-greeted')`)).toBe('1')
      await field(page).fill('Hello')
      await field(page).press('Enter')
      expect(await panel(page).getByRole('alert').textContent()).toBe('Agree to this before you write.')
      await check('before the first message')
      await panel(page).getByRole('checkbox').check()
      await panel(page).getByLabel('Phone').fill('12')
      await panel(page).getByRole('button', { name: 'Save' }).click()
      expect(await panel(page).getByText('Such as +7').isVisible()).toBe(true)
      await check('a contact that is none')
      await panel(page).getByLabel('Phone').fill('+7 701 000-00-01')
      const told = page.waitForRequest(
        (request) => request.method() === 'PATCH' && request.url().endsWith('/v1/me'),
      )
      await panel(page).getByRole('button', { name: 'Save' }).click()
      const text = ask('With a contact')
      await say(page, text)
      expect((await told).postDataJSON()).toEqual({ phone: '+7 701 000-00-01' })
      const id = await heard(text)
      const ticket = await ticketOf(id)
      await shop.desk.must('PATCH', `/v1/tickets/${ticket.id}`, shop.desk.shop.secretKey, {
        status: 'solved',
      })
      await agent.send(id, 'Solved')
      await panel(page).locator('.star').nth(3).waitFor()
      await check('rating')
      await panel(page).locator('.star').nth(3).click()
      await panel(page).getByRole('button', { name: 'Rate' }).click()
      await expect.poll(async () => (await ticketOf(id)).rating).toMatchObject({ score: 4, comment: null })
      await check('thanks')
      await panel(page).getByRole('button', { name: 'Emoji' }).click()
      await check('emoji')
      await page.keyboard.press('Escape')
      await panel(page).getByRole('button', { name: 'Settings' }).click()
      await check('settings')
      await panel(page).getByRole('button', { name: 'Continue in Telegram' }).click()
      await panel(page).getByRole('img', { name: 'QR code' }).waitFor()
      await check('telegram')
      await panel(page).getByRole('button', { name: 'Back' }).click()
      await panel(page).getByRole('tab', { name: 'Bonuses' }).click()
      await check('bonuses of nobody')
      await page.evaluate(`TaplineChat.identify(${JSON.stringify(signIdentity({ secret: shop.desk.shop.signingSecret, email: 'vera@example.com' }))})`) // prettier-ignore
      await panel(page).locator('.amount').waitFor()
      await check('bonuses')
      await shop.leave()
    }
  })

  it('weighs what the README says', () => {
    const readme = readFileSync(new URL('README.md', WIDGET), 'utf8')
    const weightOf = (part: RegExp) => Object.entries(shop.weights).find(([name]) => part.test(name))![1]
    for (const [part, name, most] of [
      [/^tapline-chat\.js$/, 'loader', 6],
      [/^panel-/, 'panel', 50],
      [/^qr-/, 'QR code', 5],
      [/^tapline-chat-greeter-/, 'greeter', 3],
    ] as const) {
      // prettier-ignore
      const quoted = Number(new RegExp(`${name} ([\\d.]+) kB`).exec(readme)?.[1])
      const weight = weightOf(part) / 1_000
      expect(quoted, name).toBeLessThanOrEqual(most)
      expect(weight, name).toBeLessThanOrEqual(quoted)
      expect(weight, `${name}: far below what is quoted`).toBeGreaterThan(quoted * 0.85)
    }
  })
})

/** Of a shop that asks for everything. */
const LOOK = {
  colour: '#ffb300',
  greetings: [{ text: { en: 'Need a hand?' }, paths: ['/sale/*'], afterSeconds: 0 }],
  preChat: { fields: ['name', 'phone'] },
  consent: { text: { en: 'I agree to what the shop does with my data' }, url: 'https://shop.test/policy' },
}
