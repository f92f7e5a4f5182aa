import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { openPhone } from './telegram-phone.fixture.ts'
import { startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

/** Packages meet by name, and scripts have none. */
const { buildBundles } = (await import(new URL('../../scripts/build-bundles.mjs', import.meta.url).href)) as {
  buildBundles(folder: string): Promise<{ weights: Record<string, number> }>
}

export const CHROMIUM = '/usr/bin/chromium'
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']
const BOT = 830_001
let people = 0

export type ShopPages = Awaited<ReturnType<typeof openShopPages>>
/** What a browser complains of is kept, but for a proof that is waited for. */
export type Opened = Page & { complaints: string[] }

interface PageChoices {
  /** What stands in the body. */
  body?: string
  /** Attributes of the script. */
  script?: string
  /** Another than the shop's. */
  key?: string
  /** Runs before the script of Tapline. */
  before?: string
  css?: string
  lang?: string
  context?: BrowserContextOptions
  /** After the page's address, such as `?ref=ANNA`. */
  path?: string
}

/** What pages load, in a folder of its own. */
export async function buildPageScripts() {
  const folder = await mkdtemp(join(tmpdir(), 'tapline-scripts-'))
  const { weights } = await buildBundles(folder)
  return { folder, weights, remove: () => rm(folder, { recursive: true, force: true }) }
}

/** A shop with a bot whose pages are served from an origin of its own under a strict policy, and a browser. */
export async function openShopPages() {
  const { folder, weights, remove } = await buildPageScripts()
  const [tapline, browser]: [Tapline, Browser] = await Promise.all([
    startTapline({ env: { TAPLINE_BUNDLES_DIRECTORY: folder } }),
    chromium.launch({ executablePath: CHROMIUM, args: ARGS }),
  ])
  const shop: Shop = await tapline.createShop(
    { name: 'Лавка', locale: 'ru' },
    { basePercent: 5, maxSpendPercent: 30, welcomeBonus: 1_000 },
  )
  tapline.telegram.createBot({ token: `${BOT}:secret-of-bot-${BOT}`, username: 'lavka_bot' })
  const pages = new Map<string, { html: string; css: string; before: string }>()
  const server: Server = createServer((request, response) => {
    const [, name = '', kind = ''] = request.url!.split('?')[0]!.split('/')
    const page = pages.get(name)
    const [type, text] =
      kind === 'css' ? ['text/css', page?.css] : kind === 'js' ? ['text/javascript', page?.before] : ['text/html', page?.html] // prettier-ignore
    response.writeHead(text === undefined ? 404 : 200, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': `default-src 'none'; script-src 'self' ${tapline.url}; style-src 'self'; connect-src 'self' ${tapline.url}; form-action 'self'; base-uri 'none'`,
    })
    response.end(text)
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  for (const [path, body] of Object.entries({
    '/v1/integrations/telegram': { token: `${BOT}:secret-of-bot-${BOT}` },
    '/v1/chat-settings': { allowedOrigins: [origin] },
    '/v1/support-settings': {},
  })) {
    const { status, body: told } = await shop.put(path, body)
    if (status !== 200) throw new Error(`${path}: ${JSON.stringify(told)}`)
  }
  let count = 0

  return {
    ...{ tapline, shop, origin, weights, browser },
    /** Somebody whom the shop knows by phone, with the bot on that phone. */
    async customer(firstName = 'Анна') {
      const phone = `+7900${String(5_000_000 + ++people)}`
      await shop.post({ action: 'register_user', payload: { phone, name: firstName } }, { prefer: 'wait=10' })
      const own = openPhone(tapline, { botId: BOT, firstName, phone, languageCode: 'ru' })
      own.shares()
      await own.reads('бонусный счёт привязан')
      return { ...own, phone, customerId: (await shop.customer({ phone })).id }
    },
    async open({
      body = '',
      script = '',
      key = shop.publishableKey,
      before = '',
      css = '',
      lang = 'ru',
      context = {},
      path = '',
    }: PageChoices = {}) {
      const name = `page-${++count}`
      pages.set(name, {
        css,
        before,
        html: `<!doctype html><html lang="${lang}"><head><title>Лавка</title><meta name="viewport" content="width=device-width,initial-scale=1">
          <link rel="stylesheet" href="/${name}/css"><script src="/${name}/js"></script>
          <script async src="${tapline.url}/js/tapline-storefront.js" data-key="${key}" ${script}></script></head>
          <body><main>${body}</main></body></html>`,
      })
      const own = await browser.newContext({ viewport: { width: 800, height: 700 }, ...context })
      const page = Object.assign(await own.newPage(), { complaints: [] as string[] })
      page.setDefaultTimeout(10_000)
      page.on('pageerror', (fault) => page.complaints.push(fault.message))
      page.on(
        'console',
        (message) =>
          message.type() === 'error' &&
          !message.text().includes('(Conflict)') &&
          page.complaints.push(message.text()),
      )
      await page.goto(`${origin}/${name}/${path}`)
      return page
    },
    async stop() {
      await browser.close()
      server.closeAllConnections()
      server.close()
      await tapline.stop()
      await remove()
    },
  }
}
