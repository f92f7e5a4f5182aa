import { existsSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHROMIUM, openTildaShop, phoneOf, type TildaShop } from './tilda-shop.fixture.ts'

let world: TildaShop
const cartOf = async (visit: Awaited<ReturnType<TildaShop['visit']>>) => {
  const { amount, promocode } = await visit.cart()
  return { amount, promo: promocode?.promocode }
}

describe.skipIf(!existsSync(CHROMIUM))('bonuses in a Tilda site', () => {
  beforeAll(async () => {
    world = await openTildaShop()
  })
  afterAll(() => world.stop())
  beforeEach(() => {
    world.site.changeSite(world.usual)
    world.site.clearFaults()
  })

  /** Somebody proven with a mug (1 490 р.) in the cart, 500 bonuses of which are put aside and confirmed. */
  async function spending({ product = 'Кружка', amount = '500', bonuses = '1000' } = {}) {
    const who = await world.regular(bonuses)
    const visit = await world.visit({ who })
    await visit.puts(product)
    await visit.box.getByRole('textbox').fill(amount)
    await visit.spends()
    const hold = await world.confirms(visit.page)
    await visit.paid.waitFor()
    return { ...visit, who, hold }
  }
  const settled = async (orderId: string) => {
    await world.site.webhooksSettled()
    expect(world.site.webhooks().at(-1)).toMatchObject({ orderId, status: 200 })
    await expect.poll(async () => (await world.order(orderId)).orderId).toBe(orderId)
    return world.order(orderId)
  }

  it('cards and popups say what is earned; the order of somebody new earns it', async () => {
    const { id, email } = await world.regular()
    const { referralCode } = await world.shop.customer({ email })
    const { page, box, puts, submits, complaints } = await world.visit({ path: `/?ref=${referralCode}` })
    await page.locator('.t-store__card', { hasText: 'Свеча' }).getByText('+49 бонусов').waitFor()
    await page.getByRole('link', { name: 'Свеча' }).first().click()
    const popup = page.locator('.t-popup_show')
    await popup.locator('select').selectOption('300 мл')
    await popup.getByText('+84 бонуса').waitFor()
    await page.keyboard.press('Escape')
    await puts('Кружка')
    await box.getByText('За этот заказ: +74 бонуса').waitFor()
    const field = page.locator('.t706 [name=referral_code]')
    await page.goto(world.site.url)
    await page.locator('.t706__carticon').first().click()
    expect(await field.inputValue()).toBe(referralCode)
    await settled(await submits('new@example.com'))
    const { bonuses, referredBy } = await world.shop.customer({ email: 'new@example.com' })
    expect([bonuses.available, referredBy]).toEqual(['74.00', id])
    await expect.poll(() => field.count()).toBe(0)
    expect(complaints).toEqual([])
    const found = await page.evaluate<{ ok: boolean | null }[]>('tapline.diagnose()')
    expect(found.filter(({ ok }) => ok === false)).toEqual([])
  })

  it('proven in Telegram, confirmed in Telegram, spent with the order, and the books are right', async () => {
    const who = await world.regular()
    const own = await phoneOf(world, who)
    const { page, box, puts, submits, spends, paid, cart, field, complaints } = await world.visit()
    await puts('Кружка')
    await box.getByText('Списать бонусы').click()
    const link = new URL((await box.getByText('Открыть Telegram').getAttribute('href'))!)
    await box.locator('svg').waitFor()
    own.start(link.searchParams.get('start')!)
    await own.presses('Да')
    await box.getByText('У вас 1 000 бонусов').waitFor()
    // Half of the order at most.
    expect(await box.getByRole('textbox').inputValue()).toBe('745')
    await spends()
    await own.presses('Списать')
    await paid.waitFor()
    const { amount, promocode } = await cart()
    expect([amount, promocode?.discountsum]).toEqual([745, 745])
    expect(await field()).toEqual([promocode!.promocode])
    const order = await settled(
      await submits('somebody-else@example.com'.replace('somebody-else', who.email.split('@')[0]!)),
    )
    expect(order).toMatchObject({ flags: [] })
    expect((await world.shop.customer({ email: who.email })).bonuses).toMatchObject({
      // 1000, less 745, and 5 % of the 745 paid in money.
      ...{ available: '292.00', held: '0.00' },
    })
    expect(await cart()).not.toHaveProperty('promocode')
    expect(await field()).toEqual([])
    expect(complaints).toEqual([])

    await page.goto(`${world.site.url}/members`)
    const account = page.locator('[data-tapline=account]')
    await account.getByText('У вас 292 бонуса').waitFor()
    await account.getByText('−745').waitFor()
    await account.getByText('До уровня «Серебро»').waitFor()
    // A page without a cart lacks none.
    const found = await page.evaluate<{ ok: boolean | null }[]>('tapline.diagnose()')
    expect(found.filter(({ ok }) => ok === false)).toEqual([])
  })

  it('are given back: the total, the field for promo codes, the bonuses', async () => {
    const visit = await spending()
    const { page, box, field, who, hold } = visit
    expect(await cartOf(visit)).toEqual({ amount: 990, promo: expect.stringMatching(/^BONUS\w{8}$/) })
    await box.getByText('Не списывать').click()
    await box.getByText('У вас').waitFor()
    expect(await cartOf(visit)).toEqual({ amount: 1490, promo: undefined })
    expect(await field()).toEqual([])
    await expect.poll(async () => (await world.hold(hold)).state).toBe('voided')
    await expect.poll(async () => (await world.shop.customer({ email: who.email })).bonuses.held).toBe('0.00')

    // The shop's own code goes in now, and bonuses do not go with it.
    await page.locator('.t-inputpromocode').fill('ЛЕТО10')
    await page.locator('.t-inputpromocode__btn').click()
    await box.getByText('Промокод и бонусы вместе не действуют').waitFor()
    expect(await cartOf(visit)).toEqual({ amount: 1341, promo: 'ЛЕТО10' })
    await box.getByText('Убрать промокод').click()
    await box.getByRole('button', { name: 'Списать', exact: true }).waitFor()
    expect(await cartOf(visit)).toEqual({ amount: 1490, promo: undefined })

    // Whoever comes back to the page sees what has come meanwhile.
    const { id } = await world.shop.customer({ email: who.email })
    const gift = { amount: '10', reason: 'gift', staff: 'olga' }
    await world.tapline.call('POST', `/v1/customers/${id}/adjustments`, world.shop.secretKey, gift)
    await page.evaluate(`window.dispatchEvent(new Event('focus'))`)
    await box.getByText('У вас 1 010 бонусов').waitFor()
  })

  it('may cost the free delivery: said before, and the books are right all the same', async () => {
    const who = await world.regular()
    const { page, box, puts, submits, spends, paid, cart } = await world.visit({ who })
    await puts('Ваза')
    await page.locator('.t-inputpromocode').fill('ЗИМА')
    await page.locator('.t-inputpromocode__btn').click()
    await page.getByText('Промокод не найден').waitFor()
    for (const odd of ['abc', '-5', '0', '9999']) {
      await box.getByRole('textbox').fill(odd)
      await box.getByRole('button', { name: 'Списать', exact: true }).click()
      await box.getByText('От 1 до 1 000 бонусов.').waitFor({ timeout: 2_000 })
    }
    await box.getByRole('textbox').fill('900')
    await page.getByLabel('Курьер').check()
    await box.getByText('доставка будет платной').waitFor()
    expect(await box.getByRole('textbox').inputValue()).toBe('900')
    await box.getByRole('textbox').fill('100')
    await expect.poll(() => box.locator('section').textContent()).not.toContain('доставка будет платной')
    await box.getByRole('textbox').fill('500')
    await box.getByText('Сумма станет меньше 3 000 ₽: доставка будет платной.').waitFor()
    await spends()
    await world.confirms(page)
    await paid.waitFor()
    expect(await page.getByText('Промокод не найден').count()).toBe(0)
    await box.getByText('доставка будет платной').waitFor()
    expect((await cart()).amount).toBe(3200 - 500 + 300)
    expect(await settled(await submits(who.email))).toMatchObject({ flags: [] })
    expect((await world.shop.customer({ email: who.email })).bonuses.held).toBe('0.00')
  })

  it('are too many for a cart that has become smaller: let go, and told', async () => {
    const visit = await spending({ product: 'Лампа', amount: '900' })
    await visit.puts('Сумка')
    const amounts = () => visit.page.locator('.t706__product').count()
    expect(await amounts()).toBe(2)
    await expect.poll(() => cartOf(visit)).toMatchObject({ amount: 5400 + 750 - 900 })
    await visit.page.locator('.t706__product', { hasText: 'Лампа' }).getByLabel('Удалить').click()
    await visit.box.getByText('Корзина изменилась, списание отменено. Теперь можно до 375 бонусов.').waitFor()
    expect(await cartOf(visit)).toEqual({ amount: 750, promo: undefined })
    await expect.poll(async () => (await world.hold(visit.hold)).state).toBe('voided')

    // So does a price that the shop has lowered meanwhile.
    await visit.box.getByRole('button', { name: 'Списать', exact: true }).click()
    await visit.box.getByText('Подтвердите списание').waitFor()
    await world.confirms(visit.page)
    await visit.paid.waitFor()
    world.site.changePrice({ uid: '700100200306', price: 400 })
    await visit.page.evaluate('tcart.updated = 1; tcart__closeCart(); tcart__openCart()')
    await visit.box.getByText('Теперь можно до 200 бонусов').waitFor()
    expect(await cartOf(visit)).toEqual({ amount: 400, promo: undefined })
  })

  it('two carts on a page, and two tabs', async () => {
    const chat = world.usual.snippet!.replace('tapline-tilda', 'tapline-chat')
    world.site.changeSite({ carts: 2, snippet: world.usual.snippet! + chat })
    const visit = await spending()
    expect(await visit.field()).toHaveLength(2)
    expect(await visit.page.locator('.t706 tapline-bonuses').count()).toBe(2)
    const { promo } = await cartOf(visit)
    expect(new Set(await visit.field())).toEqual(new Set([promo]))

    const other = await world.open(visit.context)
    await other.page.locator('.t706__carticon').first().click()
    await other.paid.waitFor()
    expect(await cartOf({ ...visit, ...other })).toEqual({ amount: 990, promo })
    await other.box.getByText('Не списывать').click()
    await expect.poll(async () => (await world.hold(visit.hold)).state).toBe('voided')
    await visit.page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)
    await expect.poll(() => cartOf(visit)).toEqual({ amount: 1490, promo: undefined })

    // On a phone the chat keeps off the open cart, and off the icons of both.
    const bubble = visit.page.locator('tapline-chat .bubble')
    await bubble.waitFor()
    await visit.page.setViewportSize({ width: 360, height: 740 })
    await expect.poll(() => bubble.isVisible()).toBe(false)
    await visit.page.evaluate('tcart__closeCart()')
    const upper = await visit.page.locator('.t706__carticon').last().boundingBox()
    const foot = async () => (await bubble.boundingBox())?.y
    await expect.poll(foot).toBeLessThan(upper!.y - 60)
    expect(visit.complaints.concat(other.complaints)).toEqual([])
  })

  it('a cart that comes late, without a field for promo codes, in a hostile page', async () => {
    const named = ['currentScript', 'tapline'].map((name) => `<img name=${name}><form name=${name}></form>`)
    const snippet = named.join('') + world.usual.snippet
    world.site.changeSite({ snippet, promoBlock: false, cartDelayMs: 1_200 })
    const who = await world.regular()
    const { page, box, puts, spends, paid, cart, field, complaints } = await world.visit({
      who,
      before: (context) =>
        context.addInitScript(`
          Object.prototype.polluted = 'x'; Object.prototype.hidden = true
          Array.prototype.last = function () { return this[this.length - 1] }
          document.addEventListener('DOMContentLoaded', () => {
            const sheet = new CSSStyleSheet()
            sheet.replaceSync('* { all: unset !important; font-size: 40px !important } div, p, section, button, input { display: none !important }')
          })`),
    })
    await puts('Кружка')
    await spends()
    await world.confirms(page)
    await paid.waitFor()
    expect((await cart()).amount).toBe(745)
    expect(await field()).toHaveLength(1)
    await page.reload()
    await page.evaluate('t_onFuncLoad("tcart__openCart", () => tcart__openCart())')
    await box.getByText('Бонусами оплачено').waitFor()
    expect(await field()).toHaveLength(1)
    expect(complaints).toEqual([])
  })

  it('a discount forged in the console is flagged, earns nothing, and takes nobody’s bonuses', async () => {
    const { page, puts, submits } = await world.visit()
    await puts('Кружка')
    await page.evaluate(`t_input_promocode__addPromocode({ promocode: 'BONUSAAAA2222', discountsum: 1000 })`)
    expect(await settled(await submits('forger@example.com'))).toMatchObject({
      flags: ['reservation-unknown'],
    })
    expect((await world.shop.customer({ email: 'forger@example.com' })).bonuses.available).toBe('0.00')

    const visit = await spending()
    await visit.page.evaluate(`tcart.promocode.discountsum = 1400; tcart__updateTotalProductsinCartObj()`)
    // Not by the shop's own hand, which would have noticed: as a forger sends it.
    const order = await visit.page
      .evaluate<string>(`fetch('/procces/', { method: 'POST', body: new URLSearchParams({
      Name: 'x', Email: '${visit.who.email}', tapline_reservation: tcart.promocode.promocode, tildapayment: JSON.stringify(tcart),
    }) }).then((answer) => answer.json()).then(({ results }) => results[0].split(':')[2])`)
    expect(await settled(order)).toMatchObject({ flags: ['reservation-discount'] })
    expect((await world.shop.customer({ email: visit.who.email })).bonuses.available).toBe('1000.00')
  })

  it('with codes of the shop: one is typed, and one that the shop does not know is let go', async () => {
    const codes = (nominal: string, ...all: string[]) =>
      world.tapline.call('POST', '/v1/promo-codes', world.shop.secretKey, { nominal, codes: all })
    expect(await codes('500', 'K7QJX2')).toMatchObject({ status: 200 })
    expect(await codes('200', 'NOWHERE')).toMatchObject({ status: 200 })
    world.site.changeSite({
      refusesUnknownPromoCodes: true,
      promoCodes: [{ code: 'K7QJX2', discountsum: 500, uses: 1 }],
    })
    await world.spendBy('promo-codes')
    try {
      const who = await world.regular()
      const visit = await world.visit({ who })
      await visit.puts('Кружка')
      const choice = visit.box.locator('select')
      await choice.waitFor()
      expect(await choice.locator('option').allTextContents()).toEqual(['200 бонусов', '500 бонусов'])
      await visit.spends()
      await world.confirms(visit.page)
      await visit.paid.waitFor()
      await expect.poll(() => cartOf(visit)).toEqual({ amount: 990, promo: 'K7QJX2' })
      expect(await settled(await visit.submits(who.email))).toMatchObject({ flags: [] })
      const { bonuses } = await world.shop.customer({ email: who.email })
      expect(bonuses).toMatchObject({ available: '549.00', held: '0.00' })

      const other = await world.visit({ who: await world.regular() })
      await other.puts('Кружка')
      await other.box.locator('select').selectOption('200.00')
      await other.spends()
      const hold = await world.confirms(other.page)
      await other.box.getByText('Не получилось').waitFor()
      expect(await cartOf(other)).toEqual({ amount: 1490, promo: undefined })
      await expect.poll(async () => (await world.hold(hold)).state).toBe('voided')
    } finally {
      await world.spendBy('reservations')
    }
  })

  it('the members area is a hint and no proof', async () => {
    const { page, puts, box } = await world.visit({ path: '/members' })
    await page.locator('[name=name]').fill('Анна')
    await page.locator('[name=email]').fill((await world.regular()).email)
    await page.getByRole('button', { name: 'Войти' }).click()
    await page.locator('[data-tapline=account]').getByRole('button', { name: 'Открыть Telegram' }).waitFor()
    await page.goto(world.site.url)
    await puts('Кружка')
    await box.getByText('Списать бонусы').click()
    await box.getByText('Анна, подтвердите в Telegram, что это вы').waitFor()
    expect(await box.locator('section').textContent()).not.toContain('У вас')
  })

  it.each<
    [
      string,
      (visit: { site: string; api: string }) => Parameters<TildaShop['visit']>[0] & { policy?: string },
    ]
  >([
    ['down', ({ api }) => ({ before: (context) => context.route(`${api}/v1/**`, (route) => route.abort()) })],
    ['silent', ({ api }) => ({ before: (context) => context.route(`${api}/v1/**`, () => undefined) })],
    [
      'lying',
      ({ api }) => ({
        before: (context) => context.route(`${api}/v1/**`, (route) => route.fulfill({ json: {} })),
      }),
    ],
    [
      'blocked by an ad blocker',
      ({ api }) => ({ before: (context) => context.route(`${api}/**`, (route) => route.abort()) }),
    ],
    ['blocked by the policy of the page', () => ({ policy: `default-src 'self'; img-src 'self' data:` })],
  ])('the checkout works with our API %s', async (_, how) => {
    // prettier-ignore
    const { policy = null, ...more } = how({ site: world.site.url, api: world.tapline.url })
    world.site.changeSite({ policy })
    const { page, puts, submits, cart, complaints } = await world.visit(more)
    await puts('Кружка')
    expect((await cart()).amount).toBe(1490)
    await submits('failing-open@example.com')
    const [api, key] = await page.evaluate<{ ok: boolean; todo: string }[]>(
      'window.tapline?.diagnose() ?? []',
    )
    expect([api?.ok ?? false, key?.ok ?? null]).toEqual([false, null])
    if (api) expect(api.todo).toContain('data-url')
    expect(complaints).toEqual([])
  })

  it('work under a strict policy, and in the language of the page', async () => {
    const { url } = world.tapline
    world.site.changeSite({
      policy: `default-src 'none'; script-src 'self' ${url}; style-src 'self'; connect-src 'self' ${url}; img-src 'self' data:; form-action 'self'`,
      snippet: world.usual.snippet!.replace(' data-key', ' data-locale="kk" data-key'),
    })
    const { page, puts, box } = await world.visit()
    const refused: string[] = []
    page.on(
      'console',
      (message) => message.text().includes('Content Security') && refused.push(message.text()),
    )
    await page.reload()
    await puts('Кружка')
    await box.getByText('Осы тапсырыс үшін: +74 бонус').waitFor()
    await box.getByText('Бонуспен төлеу').click()
    await box.locator('svg').waitFor()
    expect(refused).toEqual([])
  })

  it('weigh what the READMEs say', () => {
    const { 'tapline-tilda.js': script = 0 } = world.weights
    const weightOf = (part: string) =>
      Object.entries(world.weights).find(([name]) => name.startsWith(`tapline-tilda-${part}-`))![1]
    expect(script).toBeLessThanOrEqual(8_000)
    for (const name of ['README.md', 'README.ru.md']) {
      const readme = readFileSync(new URL(`../../plugins/tilda/${name}`, import.meta.url), 'utf8')
      const [all, cart] = [...readme.matchAll(/≤ (\d+)(?:[.,](\d))? (?:kB|КБ)/g)].map(
        ([, whole, tenths = '0']) => Number(`${whole}.${tenths}`) * 1000,
      )
      expect(script).toBeLessThanOrEqual(all!)
      expect(weightOf('cart-side')).toBeLessThanOrEqual(cart!)
    }
  })
})
