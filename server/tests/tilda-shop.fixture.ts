import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { components } from '@tapline/openapi'
import { chromium, type Page } from 'playwright-core'
import type { Site } from '../simulators/tilda/site.ts'
import { startTildaSimulator } from '../simulators/tilda/start-tilda-simulator.ts'
import { eventually, startTapline, type Shop, type Tapline } from './tapline.fixture.ts'
import { openPhone } from './telegram-phone.fixture.ts'

type Schemas = components['schemas']
type Built = { weights: Record<string, number> }
/** Packages meet by name, and scripts have none. */
const { buildBundles } = (await import(new URL('../../scripts/build-bundles.mjs', import.meta.url).href)) as {
  buildBundles(folder: string): Promise<Built>
}

export const CHROMIUM = '/usr/bin/chromium'
export const BOT = 870_001
export const PROGRAM: Schemas['ProgramInput'] = {
  basePercent: 5,
  maxSpendPercent: 50,
  unpaidOrders: 'award',
  tiers: [{ name: 'Серебро', threshold: '100000', percent: 2 }],
}

export type TildaShop = Awaited<ReturnType<typeof openTildaShop>>

/** The product, a Tilda site with the plugin whose orders go to the door, a bot, and a browser to shop with. */
export async function openTildaShop() {
  const bundles = await mkdtemp(join(tmpdir(), 'tapline-bundles-'))
  const [{ weights }, tapline, browser] = await Promise.all([
    buildBundles(bundles),
    startTapline({ env: { TAPLINE_BUNDLES_DIRECTORY: bundles } }),
    chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] }),
  ])
  const site = await startTildaSimulator()
  const shop = await tapline.createShop({ name: 'Тихий дом' }, PROGRAM)
  must(await shop.put('/v1/chat-settings', { allowedOrigins: [site.url] }))
  const token = `${BOT}:secret-of-the-tilda-shop`
  tapline.telegram.createBot({ token, username: 'quiet_home_bot' })
  must(await shop.put('/v1/integrations/telegram', { token }))
  const usual: Partial<Site> = {
    ...site.site(),
    snippet: `<script async src="${tapline.url}/js/tapline-tilda.js" data-key="${shop.publishableKey}"></script>`,
    webhook: {
      url: shop.webhookUrl,
      form: 'C',
      products: 'objects',
      escaped: false,
      key: { name: 'Api-Key', value: shop.tildaApiKey, place: 'header' },
    },
  }
  site.changeSite(usual)

  return {
    tapline,
    site,
    shop,
    browser,
    weights,
    usual,
    /** A page of a new visitor. What a browser complains of is kept. */
    async visit({ width = 1280, path = '/' }: { width?: number; path?: string } = {}) {
      const context = await browser.newContext({
        locale: 'ru-RU',
        viewport: { width, height: width < 500 ? 740 : 900 },
      })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('pageerror', ({ message }) => complaints.push(message))
      await page.goto(site.url + path)
      return { context, page, complaints, ...shopper(page) }
    },
    async stop() {
      await browser.close()
      await site.stop()
      await tapline.stop()
      await rm(bundles, { recursive: true, force: true })
    },
  }
}

export type Visit = Awaited<ReturnType<TildaShop['visit']>>

/** What a shopper does in the site. */
export function shopper(page: Page) {
  const box = page.locator('.t706 tapline-bonuses').first()
  return {
    box,
    async puts(name: string, times = 1) {
      for (let time = 0; time < times; time++) {
        await page.locator('.t-store__card', { hasText: name }).getByText('В корзину').dispatchEvent('click')
        await page.locator('.t706__cartwin_showed').first().waitFor()
      }
    },
    async submits(email: string) {
      const form = page.locator('.t706__cartwin_showed form').first()
      await form.locator('[name=Name]').fill('Анна')
      await form.locator('[name=Email]').fill(email)
      await form.locator('.t-submit').click()
      await form.locator('.js-successbox').waitFor()
      return /\d{10}/.exec(await form.locator('.js-successbox').innerText())![0]
    },
    total: () => page.evaluate(() => (globalThis as unknown as { tcart: { amount: number } }).tcart.amount),
    promo: () =>
      page.evaluate(
        () =>
          (globalThis as unknown as { tcart: { promocode?: { promocode: string } } }).tcart.promocode
            ?.promocode ?? null,
      ),
  }
}

let number = 1_000_000

/** Somebody whom shop and bot know, with bonuses. */
export async function regular({ tapline, shop }: { tapline: Tapline; shop: Shop }, bonuses = '1000') {
  const phone = `+7900${String(++number)}`
  const email = `anna-${number}@example.com`
  const registered = await shop.post(
    { action: 'register_user', payload: { phone, email, name: 'Анна' } },
    { prefer: 'wait=10' },
  )
  must(registered)
  const { id } = await shop.customer({ phone })
  if (bonuses !== '0') {
    must(
      await tapline.call('POST', `/v1/customers/${id}/adjustments`, shop.secretKey, {
        amount: bonuses,
        reason: 'gift',
        staff: 'olga',
      }),
    )
  }
  const own = openPhone({ tapline, telegram: tapline.telegram } as never, {
    botId: BOT,
    phone,
    languageCode: 'ru',
  })
  own.shares()
  await eventually(
    async () => (await shop.customer({ phone })).telegramId,
    (linked) => linked !== null,
  )
  return { id, phone, email, own }
}

function must({ status, body }: { status: number; body: unknown }): void {
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`)
}
