// Takes the pictures of the READMEs: the plugin as it is built, in a page of a shop, with an API that says what it should. `node plugins/storefront/pictures/take.mjs`
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const { buildBundles } = await import(new URL('../../../scripts/build-bundles.mjs', import.meta.url).href)

const LATER = '2099-01-01T00:00:00Z'
const SESSION = { token: 'st_1', expiresAt: LATER, renewal: 'sr_1', participant: { kind: 'visitor' } }
const HOLD = { id: 'hld_1', amount: '200.00', code: '7391', reservation: 'BONUS7K3M9QXA', orderId: 'BONUS7K3M9QXA', expiresAt: LATER, state: 'awaiting-confirmation' } // prettier-ignore
const usual = () => ({
  'GET /v1/page': {
    ...{ locale: 'ru', currency: 'RUB', widget: { colour: '#1f6feb' }, telegram: true },
    bonuses: { percent: 5, maxSpendPercent: 30, spending: 'reservations', nominals: [] },
  },
  'POST /v1/me/quotes': { earned: '99.00', spend: { most: '597.00' } },
  'POST /v1/visitor-sessions': SESSION,
  'POST /v1/telegram-links': { url: 'https://t.me/clay_bot?start=l_Jd83kf02Jd83kf02Jd83kf02', code: '4821', claim: 'c', expiresAt: LATER }, // prettier-ignore
  'GET /v1/me': { customer: { bonuses: { available: '1000.00' }, tier: { earnPercent: 5, name: null } } },
  'POST /v1/me/holds': HOLD,
  'GET /v1/me/holds/hld_1': HOLD,
})
const WORDS = {
  ru: ['Кружка «Песок» — 1 990 ₽', 'К оплате', '1 990 ₽', 'Оформить заказ'],
  en: ['Mug, sand — ₽1,990', 'To pay', '₽1,990', 'Place the order'],
}
const page = (lang) => {
  const [product, toPay, total, order] = WORDS[lang]
  return `<!doctype html><html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><style>
    body { font: 16px/1.5 system-ui, sans-serif; margin: 0; background: #faf6f0; color: #2b2622 } main { max-width: 34rem; margin: 0 auto; padding: 1rem }
    form { background: #fff; border-radius: 1rem; padding: 1.25rem } p { margin: .4rem 0 } .total { display: flex; justify-content: space-between; font-size: 1.2rem }
    .order { font: inherit; width: 100%; min-height: 3rem; border: 0; border-radius: .6rem; background: #2b2622; color: #fff; margin-top: 1rem }
    </style><script async src="http://api.test/js/tapline-storefront.js" data-key="pk_of_the_pictures"></script>
    <main><form><p>${product} <span data-tapline-earn data-price="1990"></span></p><div data-tapline-cart data-amount="1990">
    <p class="total">${toPay} <b data-tapline-total>${total}</b></p></div><button class="order" type="button">${order}</button></form></main>`
}

const folder = await mkdtemp(join(tmpdir(), 'tapline-pictures-'))
await buildBundles(folder)
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
for (const lang of Object.keys(WORDS))
  for (const width of [560, 360]) {
    const api = usual()
    const tab = await browser.newPage({ viewport: { width, height: 600 }, hasTouch: width === 360, isMobile: width === 360 }) // prettier-ignore
    await tab.route('**/*', (route) => {
      const { host, pathname } = new URL(route.request().url())
      const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }
      if (host === 'shop.test') return route.fulfill({ contentType: 'text/html', body: page(lang) })
      if (pathname.startsWith('/js/'))
        return route.fulfill({ headers, contentType: 'text/javascript', body: readFileSync(join(folder, pathname.slice(4)), 'utf8') }) // prettier-ignore
      return route.fulfill({ headers, json: api[`${route.request().method()} ${pathname}`] ?? {} })
    })
    const take = async (name) => {
      if (width === 360 && name !== 'prove') return
      await tab.waitForTimeout(300)
      const path = fileURLToPath(
        new URL(`${name}-${lang}${width === 360 ? '-phone' : ''}.png`, import.meta.url),
      )
      await tab.locator('form').screenshot({ path })
    }
    await tab.goto('http://shop.test/')
    await tab.locator('#pay').click()
    await tab.locator('#open').waitFor()
    await take('prove')
    api['POST /v1/visitor-sessions'] = { ...SESSION, participant: { kind: 'customer' } }
    await tab.locator('#field').fill('200')
    await take('spend')
    await tab.locator('#spend').click()
    api['GET /v1/me/holds/hld_1'] = { ...HOLD, state: 'active' }
    await tab.locator('input[name=tapline_discount]').waitFor({ state: 'attached' })
    await take('paid')
    await tab.close()
  }
await browser.close()
await rm(folder, { recursive: true })
