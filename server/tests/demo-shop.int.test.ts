import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startShop } from '../simulators/shop/start-shop.ts'
import { buildPageScripts, CHROMIUM } from './storefront-page.fixture.ts'
import { openSupportDesk, type ShopWithDesk, type SupportDesk } from './support-desk.fixture.ts'
import { openPhone } from './telegram-phone.fixture.ts'

let scripts: Awaited<ReturnType<typeof buildPageScripts>>
let desk: SupportDesk
let shop: ShopWithDesk
let stand: Awaited<ReturnType<typeof startShop>>
let browser: Browser
let page: Page

const hasChromium = existsSync(CHROMIUM)

beforeAll(async () => {
  if (!hasChromium) return
  scripts = await buildPageScripts()
  desk = await openSupportDesk({ env: { TAPLINE_BUNDLES_DIRECTORY: scripts.folder } })
  shop = await desk.shop()
  stand = await startShop({
    ...{ apiUrl: desk.tapline.url, publishableKey: shop.publishableKey, secretKey: shop.secretKey },
    ...{ webhookUrl: shop.webhookUrl, identitySecret: shop.signingSecret },
    ...{ telegramUrl: desk.telegram.url, todoistUrl: desk.todoist.url, tildaUrl: null },
  })
  await shop.must('PUT', '/v1/chat-settings', { allowedOrigins: [stand.url] })
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] })
})
afterAll(async () => {
  if (!hasChromium) return
  await browser.close()
  await stand.stop()
  await desk.stop()
  await scripts.remove()
})

it.skipIf(!hasChromium)(
  'is bought in, asked and answered, and bonuses are spent: the five steps of the stage',
  async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    const complaints: string[] = []
    page.on('pageerror', ({ message }) => complaints.push(message))
    await page.goto(stand.url)
    const site = page.frameLocator('#shop')
    const doneSteps = () => page.locator('#steps .done').count()
    const buy = async (name: string) => {
      await site.locator('.good', { hasText: name }).getByRole('button').click()
      await site.locator('#open-cart').click()
    }

    await site.getByRole('button', { name: 'Войти как Анна' }).click()
    await buy('Чайник из Исина')
    await site.getByText('за этот заказ').waitFor()
    await site.getByRole('button', { name: 'Оформить заказ' }).click()
    await site.locator('#done-text', { hasText: 'Начислено бонусов: 490' }).waitFor()
    await expect.poll(doneSteps).toBe(2)
    await site.getByRole('button', { name: 'Вернуться к чаю' }).click()

    const chat = site.locator('tapline-chat')
    await chat.getByRole('button').first().click()
    await chat.getByRole('textbox').first().fill('Когда привезут чайник?')
    await chat.getByRole('textbox').first().press('Enter')
    const task = await shop.taskOf('Когда привезут чайник?')
    desk.todoist.addComment({ taskId: task.id, uid: shop.agents[0]!.uid, content: 'Завтра до полудня' })
    await chat.getByText('Завтра до полудня').first().waitFor()
    await expect.poll(doneSteps).toBe(4)
    await chat.getByRole('button', { name: 'Закрыть' }).first().click()

    await buy('Те Гуань Инь')
    const phone = openPhone(desk, { botId: shop.botId })
    const link = site.getByRole('link', { name: 'Открыть Telegram' })
    await site
      .getByRole('button', { name: /Списать/ })
      .first()
      .click()
    phone.start(new URL((await link.getAttribute('href'))!).searchParams.get('start')!)
    // One code and one question, though the bot does not know the customer yet.
    const { text } = await phone.reads('spend 490 bonuses')
    await site.locator('.code', { hasText: /Code: (\d{4})/.exec(text!)![1]! }).waitFor()
    await phone.presses('Yes')
    await phone.reads('Confirmed: 490 bonuses on your cart')
    await site.getByText('Бонусами оплачено').first().waitFor()
    await site.getByRole('button', { name: 'Оформить заказ' }).click()
    await site.locator('#done-text', { hasText: 'Заказ' }).waitFor()
    await expect.poll(doneSteps).toBe(5)
    const customer = await shop.must<{ data: { bonuses: { held: string } }[] }>(
      'GET',
      '/v1/customers?email=anna@example.com',
    )
    expect(customer.data[0]!.bonuses.held).toBe('0.00')
    expect(await page.locator('#books td.what').first().textContent()).toMatch(/^(Начислено|Бонусами)/)

    // A price that only the page claims is charged to nobody.
    const lines = [{ sku: 'TEA-PUER', quantity: 1 }]
    const claim = { reservation: 'BONUS22222222', discount: '1450.00' }
    const forged = await fetch(`${stand.url}/shop/orders`, {
      method: 'POST',
      body: JSON.stringify({ lines, email: 'anna@example.com', name: 'Anna', ...claim }),
    })
    expect([forged.status, await forged.json()]).toEqual([422, { refused: 'bonuses', because: 'unknown' }])

    await page.locator('#language').click()
    for (const pane of ['#shop', '#phone', '#board'])
      await page.frameLocator(pane).locator('html[lang=en]').waitFor({ state: 'attached' })
    await site.getByRole('button', { name: 'Sign out' }).click()
    await site.getByRole('button', { name: 'Log in as Anna' }).waitFor()

    // On a phone the steps keep their names, and the bubble lies on no goods.
    await page.setViewportSize({ width: 390, height: 780 })
    expect(await page.locator('#steps li').allInnerTexts()).toEqual(['Buy', 'Earn', 'Ask', 'Answer', 'Spend'])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    const top = await chat.locator('.bubble').evaluate((own) => own.getBoundingClientRect().top)
    const bar = `parseFloat(getComputedStyle(document.body, '::after').height)`
    expect(top).toBeGreaterThan(await site.locator('body').evaluate(`innerHeight - ${bar}`))
    expect(complaints).toEqual([])
  },
)
