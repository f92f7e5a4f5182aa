import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { components } from '@tapline/openapi'
import { signIdentity } from '@tapline/signing'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import type { Site } from '../simulators/tilda/site.ts'
import { startTildaSimulator } from '../simulators/tilda/start-tilda-simulator.ts'
import { eventually, startTapline } from './tapline.fixture.ts'
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

type TildaCart = { amount: number; promocode?: { promocode: string; discountsum?: number } }
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
  const shop = await tapline.createShop({ name: 'Тихий дом', sandbox: true }, PROGRAM)
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
  let count = 0

  /** Somebody whom the shop knows, with bonuses. */
  async function regular(bonuses = '1000') {
    const contact = { email: `anna-${++count}@example.com`, phone: `+7900${1_000_000 + count}` }
    must(
      await shop.post(
        { action: 'register_user', payload: { ...contact, name: 'Анна' } },
        { prefer: 'wait=10' },
      ),
    )
    const { id } = await shop.customer({ email: contact.email })
    const gift = { amount: bonuses, reason: 'gift', staff: 'olga' }
    must(await tapline.call('POST', `/v1/customers/${id}/adjustments`, shop.secretKey, gift))
    return { id, ...contact }
  }
  type Regular = Awaited<ReturnType<typeof regular>>

  /** A page of a new visitor, or of somebody who has proven who it is. What a browser complains of is kept. */
  async function visit({
    width = 1280,
    path = '/',
    who,
    before,
  }: {
    width?: number
    path?: string
    who?: Regular
    before?: (context: BrowserContext) => Promise<unknown>
  } = {}) {
    const context = await browser.newContext({
      locale: 'ru-RU',
      viewport: { width, height: width < 500 ? 740 : 900 },
    })
    if (who) {
      const identity = signIdentity({ secret: shop.signingSecret, email: who.email })
      const session = await tapline.call(
        'POST',
        '/v1/visitor-sessions',
        shop.publishableKey,
        { identity },
        { origin: site.url },
      )
      must(session)
      const kept = [`tapline:${shop.publishableKey}:session`, JSON.stringify(session.body)]
      await context.addInitScript(`localStorage.setItem(...${JSON.stringify(kept)})`)
    }
    await before?.(context)
    return { context, ...(await open(context, path)) }
  }

  async function open(context: BrowserContext, path = '/') {
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    const complaints: string[] = []
    page.on('pageerror', ({ message }) => complaints.push(message))
    await page.goto(site.url + path)
    return { page, complaints, ...shopper(page) }
  }

  return {
    regular,
    visit,
    open,
    /** As the shopper's press in Telegram, of what this page waits for. */
    async confirms(page: Page) {
      const { id } = JSON.parse(
        await page.evaluate<string>(`localStorage.getItem('tapline:${shop.publishableKey}:spending')`),
      ) as { id: string }
      must(await tapline.call('POST', `/v1/sandbox/holds/${id}/confirm`, shop.secretKey))
      await page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)
      return id
    },
    /** How bonuses are spent, once the pages are told so. */
    async spendBy(spending: Schemas['PageSpending']) {
      must(await shop.put('/v1/page-settings', { spending }))
      await eventually(
        () =>
          tapline.call<Schemas['Page']>('GET', '/v1/page', shop.publishableKey, undefined, {
            origin: site.url,
          }),
        ({ body }) => body.bonuses.spending === spending,
      )
    },
    hold: async (id: string) => (await shop.get<Schemas['Hold']>(`/v1/holds/${id}`)).body,
    order: async (id: string) => (await shop.get<Schemas['Order']>(`/v1/orders/${id}?storefront=tilda`)).body,
    tapline,
    site,
    shop,
    browser,
    weights,
    usual,
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
    async spends() {
      await box.getByRole('button', { name: 'Списать', exact: true }).click()
      await box.getByText('Подтвердите списание').waitFor()
    },
    paid: box.getByText('Бонусами оплачено'),
    cart: () => page.evaluate<TildaCart>('tcart'),
    field: () =>
      page.evaluate<string[]>(
        `[...document.querySelectorAll('[name=tapline_reservation]')].map((at) => at.value)`,
      ),
  }
}

/** The phone of somebody whom the bot knows by its contact. */
export async function phoneOf(
  { tapline, shop }: TildaShop,
  { phone, email }: { phone: string; email: string },
) {
  const own = openPhone(tapline, { botId: BOT, phone, languageCode: 'ru' })
  own.shares()
  await eventually(
    async () => (await shop.customer({ email })).telegramId,
    (linked) => linked !== null,
  )
  return own
}

function must({ status, body }: { status: number; body: unknown }): void {
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`)
}
