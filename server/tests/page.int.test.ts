import type { components } from '@tapline/openapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually, startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']

const ORIGIN = 'https://shop.example'

let tapline: Tapline
let shop: Shop

beforeAll(async () => {
  tapline = await startTapline()
  shop = await tapline.createShop({ name: 'Лавка', timeZone: 'Asia/Almaty', sandbox: true }, {
    basePercent: 5.5,
    maxSpendPercent: 30,
  })
  await shop.put('/v1/chat-settings', { allowedOrigins: [ORIGIN] })
})
afterAll(() => tapline.stop())

const page = (headers: Record<string, string> = { origin: ORIGIN }, of = shop) =>
  tapline.call<Schemas['Page'] & Schemas['Problem']>('GET', '/v1/page', of.publishableKey, undefined, headers)

describe('a page of the shop', () => {
  it('is told how the shop is, and may keep it for a minute', async () => {
    const { status, body, headers } = await page()
    expect(status).toBe(200)
    expect(body).toMatchObject({
      name: 'Лавка',
      locale: 'ru',
      currency: 'RUB',
      widget: { colour: '#1f6feb', theme: 'auto', side: 'right', offlineForm: true, greetings: [] },
      chat: { open: true, changesAt: null, requireIdentity: false },
      bonuses: { percent: 5.5, maxSpendPercent: 30, spending: 'reservations', nominals: [] },
      telegram: false,
    })
    expect(headers.get('cache-control')).toBe('public, max-age=60')
    expect(headers.get('vary')?.toLowerCase()).toBe('origin, authorization')
    expect(headers.get('access-control-allow-origin')).toBe('*')
  })

  it('of another origin, and whoever is no page, is told nothing and keeps no answer', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, {}] as Record<string, string>[]) {
      const refused = await page(headers)
      expect(refused).toMatchObject({ status: 403, body: { code: 'origin-not-allowed' } })
      expect(refused.headers.get('cache-control')).toBeNull()
    }
    expect(
      await tapline.call('GET', '/v1/page', shop.secretKey, undefined, { origin: ORIGIN }),
    ).toMatchObject({
      status: 401,
    })
  })

  it('knows when the shop opens, by the clock of the shop', async () => {
    const other = await tapline.createShop({ timeZone: 'Asia/Almaty', sandbox: true })
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => ({
      day,
      from: '09:00',
      to: '18:00',
    }))
    await other.put('/v1/chat-settings', {
      allowedOrigins: [ORIGIN],
      requireIdentity: true,
      businessHours: { days, closedReply: { ru: 'Завтра' } },
    })
    const seen = await page(undefined, other)
    expect(seen.body.chat).toMatchObject({ requireIdentity: true })
    const { open, changesAt } = seen.body.chat
    expect(changesAt).toMatch(open ? /T13:00:00.000Z$/ : /T04:00:00.000Z$/)
    const wait = Date.parse(changesAt!) - Date.now()
    await tapline.call('POST', '/v1/sandbox/clock', other.secretKey, {
      advanceSeconds: Math.ceil(wait / 1_000) + 60,
    })
    const later = await eventually(
      () => page(undefined, other),
      ({ body }) => body.chat.open !== open,
    )
    expect(Date.parse(later.body.chat.changesAt!)).toBeGreaterThan(Date.parse(changesAt!))
  })
})

describe('settings of the page', () => {
  it('are put whole, shown with all defaults, and reach pages', async () => {
    const given = {
      widget: {
        title: { ru: 'Поможем' },
        colour: '#AA3311',
        greetings: [{ text: { ru: 'Нужна помощь?' }, paths: ['/catalog/*'] }],
        preChat: { fields: ['name', 'phone'] },
        consent: { text: { ru: 'Согласен' }, url: 'https://shop.example/privacy' },
      },
      spending: 'promo-codes',
    }
    const put = await shop.put<Schemas['PageSettings']>('/v1/page-settings', given)
    expect(put).toMatchObject({
      status: 200,
      body: {
        widget: {
          colour: '#aa3311',
          theme: 'auto',
          greetings: [{ paths: ['/catalog/*'], afterSeconds: 10, whenOpen: false }],
          preChat: { fields: ['name', 'phone'], required: false },
        },
        spending: 'promo-codes',
      },
    })
    expect((await shop.get('/v1/page-settings')).body).toEqual(put.body)
    const seen = await page()
    expect(seen.body.widget).toEqual(put.body.widget)
    expect(seen.body.bonuses).toMatchObject({ spending: 'promo-codes', nominals: [] })
    expect(await shop.put('/v1/page-settings', put.body)).toMatchObject({ status: 200, body: put.body })
  })

  it('are written into the audit log by the names of what changed, once', async () => {
    const { body } = await tapline.admin<{ data: { action: string; details: unknown }[] }>(
      'GET',
      `/admin/v1/projects/${shop.id}/audit`,
    )
    const told = body.data.filter(({ action }) => action === 'page-settings.changed')
    expect(told.map(({ details }) => details)).toEqual([{ changed: ['widget', 'spending'] }])
  })

  it.each([
    ['a colour that is none', { widget: { colour: 'red' } }],
    ['a path that is none', { widget: { greetings: [{ text: { ru: 'x' }, paths: ['catalog'] }] } }],
    ['a policy that is a script', { widget: { consent: { text: { ru: 'x' }, url: 'javascript:alert(1)' } } }],
    ['what nobody knows', { widget: { font: 'Comic Sans' } }],
  ])('are refused with %s', async (_, given) => {
    expect(await shop.put('/v1/page-settings', given)).toMatchObject({ status: 400 })
  })

  it('are not for pages to see or set', async () => {
    const headers = { origin: ORIGIN }
    for (const method of ['GET', 'PUT'])
      expect(
        await tapline.call(
          method,
          '/v1/page-settings',
          shop.publishableKey,
          method === 'PUT' ? {} : undefined,
          headers,
        ),
      ).toMatchObject({ status: 401 })
  })
})
