import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { Api } from 'grammy'
import { startTelegramSimulator, type TelegramSimulator } from '../start-telegram-simulator.ts'

const CHROMIUM = '/usr/bin/chromium'
const inBrowser = it.skipIf(!existsSync(CHROMIUM))

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

let browser: Browser | undefined
let page: Page
let complaints: string[]
let simulator: TelegramSimulator
let api: Api
let anna: number

beforeAll(async () => {
  if (existsSync(CHROMIUM)) browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS })
})
afterAll(() => browser?.close())

beforeEach(async () => {
  simulator = await startTelegramSimulator()
  api = new Api(simulator.tokens[0]!, { apiRoot: simulator.url })
  anna = simulator.createPerson({ firstName: 'Анна <img src=x onerror=alert(1)>' }).id
  simulator.pressStart({ personId: anna })
  complaints = []
  if (!browser) return
  page = await browser.newPage({ locale: 'ru-RU' })
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => {
    complaints.push('a dialog was opened')
    void dialog.dismiss()
  })
})
afterEach(async () => {
  await page?.context().close()
  await simulator.stop()
})

const openChat = async () => {
  await page.goto(simulator.url)
  await page.locator('.chat').click()
}

it('is served under a policy that lets nothing else in', async () => {
  const response = await fetch(simulator.url)
  const policy = response.headers.get('content-security-policy')!
  expect(policy).toContain("default-src 'none'")
  expect(policy).toMatch(/script-src 'sha256-[^']+'; style-src 'sha256-[^']+';/)
  expect(policy).not.toContain('unsafe')
  const html = await response.text()
  expect(html).not.toMatch(/(src|href)="(?!data:)/)
  expect(html).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write/)
})

inBrowser('shows messages as they arrive, with formatting, and every hostile text as text', async () => {
  await openChat()
  const hostile = '<script>alert(1)</script> <img src=x onerror=alert(1)>'
  await api.sendMessage(anna, 'Вам <b>340 <i>бонусов</i></b> <a href="https://a.example/">тут</a>', {
    parse_mode: 'HTML',
  })
  await page.locator('.words b i', { hasText: 'бонусов' }).waitFor()
  expect(await page.locator('.words a').getAttribute('href')).toBe('https://a.example/')

  simulator.write({ personId: anna, text: hostile })
  await page.locator('.mine .words', { hasText: hostile }).waitFor()
  expect(await page.locator('.words img, .words script, .chat img').count()).toBe(0)
  expect(await page.locator('.chat-name').textContent()).toContain('<img src=x')
  expect(complaints).toEqual([])
})

inBrowser('lets a human write, press, block and break Telegram', async () => {
  await api.sendMessage(anna, 'Выберите', {
    reply_markup: { inline_keyboard: [[{ text: 'Да', callback_data: 'yes' }]] },
  })
  await openChat()
  await page.locator('#text').fill('Здравствуйте')
  await page.keyboard.press('Enter')
  await page.locator('.mine .words', { hasText: 'Здравствуйте' }).waitFor()
  await page.locator('.key', { hasText: 'Да' }).click()
  await expect.poll(async () => (await api.getUpdates()).length).toBe(3)
  const updates = await api.getUpdates()
  expect(updates.slice(1)).toMatchObject([
    { message: { text: 'Здравствуйте' } },
    { callback_query: { data: 'yes' } },
  ])
  await api.answerCallbackQuery(updates[2]!.callback_query!.id, { text: 'Принято' })
  await page.locator('#toast', { hasText: 'Принято' }).waitFor()

  await page.locator('#block').click()
  await expect.poll(() => simulator.standing({ personId: anna })).toBe('blocked')
  await page.locator('#start').click()
  await expect.poll(() => simulator.standing({ personId: anna })).toBe('started')

  await page.locator('.switch').click()
  await page.locator('#offline').waitFor()
  await expect(api.getMe()).rejects.toThrow()
  await page.locator('.switch').click()
  await page.locator('#offline').waitFor({ state: 'hidden' })
  await expect(api.getMe()).resolves.toBeTruthy()
  expect(complaints).toEqual([])
})

inBrowser('makes a customer who starts the bot from a link', async () => {
  await page.goto(`${simulator.url}/shop_123456_bot?start=secret-1`)
  await page.locator('#new-person').click()
  await page.locator('#person-name').fill('Пётр')
  await page.locator('#person-form button[type=submit]').click()
  await page.locator('#start').click()
  await page.locator('.mine .words', { hasText: '/start secret-1' }).waitFor()
  await page.locator('#composer').waitFor()
  expect((await api.getUpdates()).at(-1)).toMatchObject({
    message: { text: '/start secret-1', from: { first_name: 'Пётр', language_code: 'ru' } },
  })
})

it.skipIf(!existsSync(CHROMIUM)).each([
  [390, 'en-US', 'Telegram simulator'],
  [1280, 'ru-RU', 'Симулятор Telegram'],
])('fits %i pixels and speaks %s', async (width, locale, title) => {
  const context = await browser!.newContext({ locale, viewport: { width, height: 740 } })
  const phone = await context.newPage()
  await api.sendMessage(anna, 'word '.repeat(200) + 'x'.repeat(300))
  await phone.goto(simulator.url)
  expect(await phone.title()).toBe(title)
  await phone.locator('.chat').click()
  await phone.locator('.bubble').last().waitFor()
  const sideways = await phone.evaluate('document.documentElement.scrollWidth - innerWidth')
  expect(sideways).toBeLessThanOrEqual(0)
  await context.close()
})
