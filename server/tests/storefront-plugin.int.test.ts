import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { signIdentity } from '@tapline/signing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHROMIUM, openShopPages, type Opened, type ShopPages } from './storefront-page.fixture.ts'

const AXE = readFileSync(createRequire(new URL('../../plugins/storefront/package.json', import.meta.url)).resolve('axe-core/axe.min.js'), 'utf8') // prettier-ignore
const CART = `<p>Кружка <span data-tapline-earn data-price="1990"></span></p>
  <form id="order"><div data-tapline-cart data-amount="1990"><p>Итого <b data-tapline-total>1 990 ₽</b></p></div><button>Заказать</button></form>`
const RESERVATION = '#order input[name=tapline_reservation]'

let shop: ShopPages
let page: Opened

const button = (name: string) => page.getByRole('button', { name })
const sees = (text: string) => page.getByText(text).first().waitFor()
const diagnosis = () =>
  page.evaluate<Record<string, { ok: string; found: string; todo: string }>>('tapline.diagnose()')
const events = () => page.evaluate<string[]>('told')
const hears = `(window.tapline ||= []).push((tapline) => { window.told = []; tapline.on('spending', ({ state, discount }) => told.push(state + ' ' + discount)) })`

type Anna = Awaited<ReturnType<ShopPages['customer']>>
/** Asks for it in the page, and says yes in Telegram. */
async function proves(anna: Anna, by = 'Оплатить бонусами'): Promise<void> {
  await button(by).click()
  const url = await page.getByRole('link', { name: 'Открыть Telegram' }).getAttribute('href')
  anna.start(new URL(url!).searchParams.get('start')!)
  await anna.presses('Да')
  await sees('У вас 1 000 бонусов')
}
async function isAccessible(): Promise<void> {
  const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
    `(() => { ${AXE}; return axe.run('main', { rules: { region: { enabled: false } } }).then(({ violations }) => violations) })()`,
  )
  expect(found.map(({ id, nodes }) => `${id}: ${nodes[0]!.html}`)).toEqual([])
}

describe.skipIf(!existsSync(CHROMIUM))('the storefront plugin in a page of a shop', () => {
  beforeAll(async () => {
    shop = await openShopPages()
  })
  afterAll(() => shop.stop())
  beforeEach(() => () => page.context().close())

  it('says what is earned, learns who it is in Telegram, spends within the limits, and the order brings it', async () => {
    const anna = await shop.customer()
    page = await shop.open({ body: CART, before: hears })
    await sees('+99 бонусов за этот заказ')
    expect(await page.locator('tapline-earn .body').textContent()).toBe('+99 бонусов')
    await isAccessible()
    const traces = '[document.cookie, sessionStorage.length, localStorage.length].join()'
    expect(await page.evaluate(traces)).toBe(',0,0')

    await button('Оплатить бонусами').click()
    await page.getByText('или с телефона').waitFor()
    await page.locator('figure svg').waitFor()
    await isAccessible()
    await page.reload()
    const url = await page.getByRole('link', { name: 'Открыть Telegram' }).getAttribute('href')
    const code = await page.locator('.code').innerText()
    anna.start(new URL(url!).searchParams.get('start')!)
    await anna.reads(code)
    await anna.presses('Да')

    // 30 % of 1,990.
    await button('Списать 597').waitFor()
    await isAccessible()
    const field = page.getByRole('textbox', { name: 'Сколько бонусов списать' })
    await field.fill('598')
    expect([await field.getAttribute('aria-invalid'), await button('Списать').isDisabled()]).toEqual(['true', true]) // prettier-ignore
    await page.getByText('От 1 до 597 бонусов.').waitFor()
    await field.fill('200')
    expect(await page.getByRole('slider').inputValue()).toBe('200')
    await field.press('Enter')
    await sees('Подтвердите в Telegram: списать 200 бонусов.')
    await isAccessible()
    expect(await page.locator(RESERVATION).count()).toBe(0)
    await anna.reads(await page.locator('.code').innerText())
    await page.reload()
    await sees('Подтвердите в Telegram: списать 200 бонусов.')
    await anna.presses('✅ Списать')
    await sees('Бонусами оплачено 200 ₽')
    await sees('1 790 ₽')
    expect(await page.getByText('за этот заказ').count()).toBe(0)
    expect(await events()).toEqual(['active 200.00'])
    await isAccessible()

    await page.reload()
    await sees('Бонусами оплачено 200 ₽')
    const reservation = await page.locator(RESERVATION).inputValue()
    const discount = await page.locator('#order input[name=tapline_discount]').inputValue()
    const order = { phone: anna.phone, orderId: 'first', amount: '1990.00', reservation, discount }
    const bought = await shop.shop.post({ action: 'purchase', payload: order }, { prefer: 'wait=10' })
    expect(bought.status).toBe(200)
    expect((await shop.shop.customer({ phone: anna.phone })).bonuses).toMatchObject({ held: '0.00', available: '889.00' }) // prettier-ignore
    await page.evaluate(`window.dispatchEvent(new Event('focus'))`)
    await expect.poll(() => page.locator(RESERVATION).count()).toBe(0)
    await sees('У вас 889 бонусов')
    expect(page.complaints).toEqual([])
  })

  it('gives back what is declined, cancelled, or of a cart that has become smaller', async () => {
    const anna = await shop.customer()
    page = await shop.open({ body: CART, before: hears })
    await proves(anna)
    await button('Списать 597').click()
    await anna.presses('Не списывать')
    await sees('Бонусы не списаны.')
    await button('Списать 597').click()
    await sees('Подтвердите в Telegram')
    await anna.reads(await page.locator('.code').innerText())
    await anna.presses('✅ Списать')
    await sees('Бонусами оплачено 597 ₽')
    await page.locator('[data-tapline-cart]').evaluate((place) => place.setAttribute('data-amount', '1000'))
    await sees('Корзина изменилась')
    await sees('+50 бонусов за этот заказ')
    expect(await page.locator(RESERVATION).count()).toBe(0)
    expect((await events()).at(-1)).toBe('voided 0.00')
    // Under a reservation both what was confirmed and what was not is free at once.
    await button('Списать 300').click()
    await sees('Подтвердите в Telegram')
    await button('Отменить').click()
    await button('Списать 300').waitFor()
    await expect.poll(async () => (await shop.shop.customer({ phone: anna.phone })).bonuses.held).toBe('0.00')
    expect(page.complaints).toEqual([])
  })

  it.each([
    ['down', (route: { abort(): Promise<void> }) => void route.abort()],
    ['silent', () => undefined],
    ['lying', (route: { fulfill(answer: object): Promise<void> }) => void route.fulfill({ json: {} })],
  ])('with the API %s the shop is as it was, and sells', async (how, handle) => {
    page = await shop.open({ body: CART, before: hears })
    await sees('+99 бонусов за этот заказ')
    await page.route('**/v1/**', handle)
    await page.reload()
    await expect.poll(() => page.locator('tapline-cart').isHidden()).toBe(true)
    await page.evaluate(
      `document.forms.order.onsubmit = (event) => { event.preventDefault(); window.ordered = true }`,
    )
    await button('Заказать').click()
    expect(await page.evaluate('ordered')).toBe(true)
    const told = await diagnosis()
    expect(['API', 'Ключ', 'Адрес страницы', 'Товары'].map((row) => told[row]!.ok)).toEqual(['✗', '', '', '✓']) // prettier-ignore
    expect(told['API']!.todo).toContain(
      how === 'lying' ? 'отвечает не Tapline' : '/readyz в этом же браузере',
    )
    if (how === 'lying') expect(told['API']!.found).toContain('unexpected-answer')
    expect(told['Форма']).toEqual({ ok: '✓', found: 'form#order', todo: '' })
    expect(page.complaints.filter((text) => !text.includes('ERR_FAILED'))).toEqual([])
  })

  it('stands a hostile page, a strict policy, a phone, and a page that is built anew under it', async () => {
    const hostile = `
      for (const name of ['body', 'toJSON', 'problem', 'signal', 'mode', 'key', 'value', 'then_', 'items', 'spending'])
        Object.prototype[name] = name === 'toJSON' ? () => 'mine' : 'polluted'
      for (const name of ['map', 'filter', 'forEach', 'find', 'findIndex', 'includes', 'reduce', 'some', 'every', 'flatMap', 'toJSON'])
        Array.prototype[name] = () => { throw new Error('mine: ' + name) }
      for (const name of ['currentScript', 'tapline']) {
        document.head.append(Object.assign(document.createElement('img'), { name, id: name }))
        document.head.append(Object.assign(document.createElement('form'), { name }))
      }`
    page = await shop.open({
      before: hostile,
      css: '* { all: unset !important; display: none !important } html, body, main, main > * { display: block !important }',
      body: `<div data-tapline-cart data-amount="1990" data-items='[{"name":"Кружка","price":"1990","quantity":1}]'></div>`,
      context: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
    })
    await sees('+99 бонусов за этот заказ')
    await button('Оплатить бонусами').click()
    const link = page.getByRole('link', { name: 'Открыть Telegram' })
    await link.waitFor()
    expect((await link.boundingBox())!.height).toBeGreaterThanOrEqual(44)
    expect(await page.locator('figure').isHidden()).toBe(true)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360)
    await page.evaluate(
      `document.querySelector('main').innerHTML = '<p data-tapline-earn data-price="100,50"></p>'`,
    )
    await sees('+5 бонусов')
    await page.evaluate(`document.querySelector('[data-tapline-earn]').setAttribute('data-price', '20')`)
    await sees('+1 бонус')
    expect(page.complaints).toEqual([])
  })

  it('takes who is signed in from the shop, a cart from its code, and speaks its language', async () => {
    const anna = await shop.customer()
    const token = signIdentity({ secret: shop.shop.signingSecret, phone: anna.phone })
    page = await shop.open({
      lang: 'en-GB',
      path: '?ref=ANNA-7',
      body: '<form data-tapline-referral></form><div data-tapline-member></div><div data-tapline-cart></div>',
      before: `(window.tapline ||= []).push((tapline) => { tapline.cart({ amount: '1000' }); tapline.bonuses.signIn('${token}') })`,
    })
    await sees('You have 1,000 bonuses')
    await sees('+50 bonuses for this order')
    await button('Spend 300').waitFor()
    expect(await page.locator('form input[name=tapline_referral]').inputValue()).toBe('ANNA-7')
    await page.evaluate('tapline.bonuses.ordered(), document.forms[0].append(new Text())')
    await expect.poll(() => page.locator('form input').count()).toBe(0)
    await isAccessible()
    await page.evaluate(`tapline.cart({ amount: '5000' })`)
    await button('Spend 1,000').waitFor()
    const field = page.getByRole('textbox', { name: 'How many bonuses to spend' })
    expect(await field.inputValue()).toBe('1000')
    await field.press('End')
    await field.press('Backspace')
    await field.press('5')
    expect(await button('Spend 1,000').count()).toBe(0)
    const table = await diagnosis()
    expect(Object.values(table).map(({ ok }) => ok)).toEqual(['✓', '✓', '✓', '✓', '✓', '', '✓', '', '', '', '✓']) // prettier-ignore
    expect(table['Shopper']!.found.startsWith('cus_')).toBe(true)
    await button('Sign out').click()
    await button('My bonuses').waitFor()
    expect(page.complaints).toEqual([])

    // The same page at an address that nobody has allowed.
    await page.goto(page.url().replace('127.0.0.1', 'localhost'))
    const { Key, API, Problems, ['Origin of the page']: origin } = await diagnosis()
    expect([Key, API, Problems, origin].map((row) => row!.ok)).toEqual(['✓', '✓', '', '✗'])
    expect(origin!.todo).toContain(`Add exactly "${shop.origin.replace('127.0.0.1', 'localhost')}" to allowedOrigins`) // prettier-ignore
  })

  it('weighs what its README says', () => {
    const { weights } = shop
    const readme = readFileSync(new URL('../../plugins/storefront/README.md', import.meta.url), 'utf8')
    const weightOf = (name: string) => Object.entries(weights).find(([file]) => file.startsWith(name))![1]
    expect(weightOf('tapline-storefront.js')).toBeLessThanOrEqual(8_000)
    const quoted = [...readme.matchAll(/^\| `([\w.-]+)`.*\| ([\d.]+) kB \|$/gm)].map(([, name, weight]) => [name!, Number(weight)] as const) // prettier-ignore
    expect(quoted.length).toBeGreaterThanOrEqual(5)
    for (const [name, weight] of quoted)
      expect(Math.abs(weightOf(name) / 1_000 - weight), name).toBeLessThan(0.1)
  })
})
