import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { Api, Keyboard } from 'grammy'
import { samplePicture } from '../sample-picture.ts'
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
  if (!existsSync(CHROMIUM)) return
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS })
  page = await browser.newPage({ locale: 'ru-RU' })
  page.setDefaultTimeout(10_000)
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('dialog', (dialog) => {
    complaints.push('a dialog was opened')
    void dialog.dismiss()
  })
})
afterAll(() => browser?.close())

beforeEach(async () => {
  simulator = await startTelegramSimulator()
  api = new Api(simulator.tokens[0]!, { apiRoot: simulator.url })
  anna = simulator.createPerson({ firstName: 'Анна <img src=x onerror=alert(1)>' }).id
  simulator.pressStart({ personId: anna })
  complaints = []
})
afterEach(async () => {
  await page?.goto('about:blank')
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
  expect(policy).toContain("script-src 'self'; style-src 'self';")
  expect(policy).not.toContain('unsafe')
  const html = await response.text()
  expect(html).not.toMatch(/(src|href)="(?!data:|\/page\/)/)
  for (const name of ['phone.js', 'message.js', 'formatting.js', 'attachments.js', 'link.js']) {
    const part = await fetch(`${simulator.url}/page/${name}`)
    expect(part.headers.get('content-type')).toContain('text/javascript')
    expect(await part.text()).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write|eval\(/)
  }
  expect((await fetch(`${simulator.url}/page/..%2Fmain.ts`)).status).toBe(404)
})

it('gives a person’s file to look at when it is a picture, and else to save', async () => {
  const typeOf = async (kind: string, about: object) => {
    const sent = simulator.send({ personId: anna, kind, ...about })
    const [file] = [sent.photo ?? sent.document].flat() as { file_id: string }[]
    const response = await fetch(`${simulator.url}/control/file?bot=123456&id=${file!.file_id}`)
    return [response.headers.get('content-type'), response.headers.get('content-disposition')]
  }
  expect(await typeOf('photo', {})).toEqual(['image/jpeg', "inline; filename*=UTF-8''file"])
  expect(await typeOf('document', { fileName: 'вход.html' })).toEqual([
    'application/octet-stream',
    `attachment; filename*=UTF-8''${encodeURIComponent('вход.html')}`,
  ])
  expect((await fetch(`${simulator.url}/control/file?bot=1&id=x`)).status).toBe(404)
})

it('lists two hundred chats as quickly with a hundred messages in each as with one', async () => {
  const people = Array.from({ length: 200 }, () => simulator.createPerson({}).id)
  const write = (rounds: number) => {
    for (let round = 0; round < rounds; round++) {
      for (const personId of people) simulator.write({ personId, text: `сообщение ${round}` })
    }
  }
  const quickest = async () => {
    const times: number[] = []
    for (let time = 0; time < 8; time++) {
      const started = performance.now()
      const state = await (await fetch(`${simulator.url}/control/state`)).json()
      times.push(performance.now() - started)
      expect(state).toMatchObject({ chats: { length: 200 } })
    }
    return Math.min(...times)
  }
  write(1)
  const few = await quickest()
  write(99)
  expect(await quickest()).toBeLessThan(few * 4)
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

inBrowser('replies, edits, reacts and sends files', async () => {
  const { message_id: question } = await api.sendMessage(anna, 'Какой цвет?')
  await openChat()
  await page.locator('.bubble', { hasText: 'Какой цвет?' }).click()
  await page.locator('.actions button', { hasText: 'Ответить' }).click()
  await page.locator('#text').fill('Синий')
  await page.keyboard.press('Enter')
  await page.locator('.mine .quote', { hasText: 'Какой цвет?' }).waitFor()

  await page.locator('.mine .words', { hasText: 'Синий' }).click()
  await page.locator('.actions button', { hasText: 'Изменить' }).click()
  await page.locator('#text').fill('Красный')
  await page.keyboard.press('Enter')
  await page.locator('.mine .when', { hasText: 'изменено' }).waitFor()

  await page.locator('.bubble', { hasText: 'Какой цвет?' }).first().click()
  await page.locator('.actions .emoji').first().click()
  await page.locator('.reactions').waitFor()
  expect(simulator.reactions({ chatId: anna, messageId: question })).toEqual([{ by: anna, emoji: ['👍'] }])

  await page.locator('#text').fill('вот чек')
  await page.locator('#files').setInputFiles([
    { name: 'чек №1.pdf', mimeType: 'application/pdf', buffer: Buffer.from('pdf') },
    { name: 'фото.png', mimeType: 'image/png', buffer: samplePicture() },
  ])
  await page.locator('.card', { hasText: 'чек №1.pdf' }).waitFor()
  await page.locator('img.picture').waitFor()
  await expect.poll(() => page.evaluate("document.querySelector('img.picture').naturalWidth")).toBe(320)
  const updates = (await api.getUpdates()).slice(1)
  expect(updates).toMatchObject([
    { message: { text: 'Синий', reply_to_message: { message_id: question } } },
    { edited_message: { text: 'Красный' } },
    { message: { caption: 'вот чек', document: { file_name: 'чек №1.pdf', file_size: 3 } } },
    { message: { photo: expect.any(Array), media_group_id: updates[2]!.message!.media_group_id } },
  ])
  expect(complaints).toEqual([])
})

inBrowser('shares the contact that a reply keyboard asks for, and opens what a press opens', async () => {
  await api.sendMessage(anna, 'Ваш номер?', {
    reply_markup: new Keyboard().requestContact('Мой номер').row().text('Нет').oneTime(),
  })
  await openChat()
  await page.locator('.reply-key', { hasText: 'Мой номер' }).click()
  await page.locator('#share').click()
  await page.locator('.mine .card', { hasText: '+7900' }).waitFor()
  await page.locator('#reply-keyboard').waitFor({ state: 'hidden' })
  await page.locator('#keyboard').click()
  await page.locator('.reply-key', { hasText: 'Нет' }).click()
  await page.locator('.mine .words', { hasText: 'Нет' }).waitFor()

  await api.sendMessage(anna, 'Дальше', {
    reply_markup: {
      remove_keyboard: true,
    },
  })
  await page.locator('#keyboard').waitFor({ state: 'hidden' })
  simulator.advanceClock({ milliseconds: 5000 })
  await api.sendMessage(anna, 'Связать', {
    reply_markup: { inline_keyboard: [[{ text: 'Связать', callback_data: 'link' }]] },
  })
  const press = async () => {
    await page.locator('.key', { hasText: 'Связать' }).click()
    await expect.poll(async () => (await api.getUpdates()).at(-1)?.callback_query).toBeTruthy()
    const update = (await api.getUpdates()).at(-1)!
    await api.getUpdates({ offset: update.update_id + 1 })
    return update.callback_query!.id
  }
  await api.answerCallbackQuery(await press(), { text: 'Подумайте', show_alert: true })
  await page.locator('#alert-text', { hasText: 'Подумайте' }).waitFor()
  await page.locator('#alert-dialog button').click()
  await api.answerCallbackQuery(await press(), { url: 'https://t.me/shop_123456_bot?start=link-1' })
  await page.locator('#start').click()
  await page.locator('.mine .words', { hasText: '/start link-1' }).waitFor()
  await page.locator('#composer').waitFor()
  expect(complaints).toEqual([])
})

inBrowser('makes a group in which several people press and write in topics', async () => {
  const olga = simulator.createPerson({ firstName: 'Ольга' }).id
  await page.goto(simulator.url)
  await page.locator('#new-person').click()
  await page.locator('#new-group').click()
  await page.locator('#group-title').fill('Поддержка')
  for (const id of [anna, olga]) await page.locator(`#group-members input[value="${id}"]`).check()
  await page.locator('#group-forum').check()
  await page.locator('#person-form button[type=submit]').click()
  await page.locator('#bot-name', { hasText: 'Поддержка' }).waitFor()
  await expect
    .poll(async () => (await api.getUpdates()).at(-1)?.my_chat_member?.new_chat_member.status)
    .toBe('administrator')
  const chatId = (await api.getUpdates()).at(-1)!.my_chat_member!.chat.id
  const topic = await api.createForumTopic(chatId, 'Анна')
  await api.sendMessage(chatId, 'Новый тикет', {
    message_thread_id: topic.message_thread_id,
    reply_markup: { inline_keyboard: [[{ text: 'Взять', callback_data: 'take' }]] },
  })
  await page.locator('#speaker').selectOption(String(olga))
  await page.locator('.key', { hasText: 'Взять' }).click()
  await page.locator('.topic', { hasText: 'Анна' }).click()
  await page.locator('#text').fill('Беру')
  await page.keyboard.press('Enter')
  await page.locator('.mine .words', { hasText: 'Беру' }).waitFor()
  expect((await api.getUpdates()).slice(-2)).toMatchObject([
    { callback_query: { from: { id: olga }, data: 'take' } },
    { message: { text: 'Беру', from: { id: olga }, message_thread_id: topic.message_thread_id } },
  ])
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
  [390, '', 'Telegram simulator'],
  [1280, '?lang=ru', 'Симулятор Telegram'],
])(
  'fits %i pixels and speaks the language of the browser, or the one chosen by %j',
  async (width, chosen, title) => {
    const context = await browser!.newContext({ locale: 'en-US', viewport: { width, height: 740 } })
    const phone = await context.newPage()
    await api.sendMessage(anna, 'word '.repeat(200) + 'x'.repeat(300), {
      reply_markup: new Keyboard().text('y'.repeat(60)).text('z'.repeat(60)),
    })
    simulator.send({ personId: anna, kind: 'document', fileName: 'w'.repeat(200) })
    simulator.send({ personId: anna, kind: 'photo' })
    await phone.goto(`${simulator.url}/${chosen}`)
    expect(await phone.title()).toBe(title)
    await phone.locator('.chat').click()
    await phone.locator('.bubble').last().waitFor()
    const sideways = await phone.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(sideways).toBeLessThanOrEqual(0)
    await context.close()
  },
)
