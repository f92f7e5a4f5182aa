import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createBonuses, referralOf, type Bonuses, type BonusesOptions } from './index.ts'

type Reply = { status: number; body?: object; text?: string } | 'hangs' | 'fails' | 'never ends'
type Seen = { method: string; path: string; token: string; key: string | undefined; body: unknown }

const BASE = 'https://bonus.test'
const SESSION = { expiresAt: '2026-03-01T11:00:00Z', renewal: 'sr_1', participant: { kind: 'visitor' } }
const PROVEN = { ...SESSION, token: 'st_proven', renewal: null, participant: { kind: 'customer' } }
const PAGE = { currency: 'RUB', telegram: true, bonuses: { percent: 5, maxSpendPercent: 50, spending: 'reservations', nominals: [] } } // prettier-ignore
const HOLD = { id: 'hld_1', amount: '200.00', state: 'awaiting-confirmation', code: '4821', reservation: 'BONUS7K', orderId: 'BONUS7K', expiresAt: '2026-03-01T10:30:00Z' } // prettier-ignore
const LINK = { url: 'https://t.me/demo_bot?start=l_1', code: '1234', claim: 'claim-1', expiresAt: '2026-03-01T10:15:00Z' } // prettier-ignore

let replies: Record<string, Reply | Reply[]>
let seen: Seen[]
let stored: Map<string, string>

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-03-01T10:00:00Z') })
  stored = new Map()
  seen = []
  replies = {
    'GET /v1/page': { status: 200, body: PAGE },
    'POST /v1/visitor-sessions': { status: 201, body: { ...SESSION, token: 'st_visitor' } },
    'POST /v1/telegram-links': { status: 201, body: LINK },
    'POST /v1/me/quotes': { status: 200, body: { earned: '99.00', spend: {} } },
    'POST /v1/me/holds': { status: 201, body: HOLD },
    'GET /v1/me/holds/hld_1': { status: 200, body: HOLD },
    'POST /v1/me/holds/hld_1/void': { status: 200, body: { ...HOLD, state: 'voided' } },
    'GET /v1/me': { status: 200, body: { customer: { id: 'cus_1' } } },
    'GET /v1/me/entries?limit=100': { status: 200, body: { data: [] } },
  }
})
afterEach(() => vi.useRealTimers())

const fetch = (url: string, init: RequestInit): Promise<Response> => {
  const path = url.slice(BASE.length)
  const headers = new Headers(init.headers)
  const body = init.body === undefined ? undefined : JSON.parse(init.body as string)
  seen.push({
    ...{ method: init.method!, path, body },
    token: headers.get('authorization')!.slice(7),
    key: headers.get('idempotency-key') ?? undefined,
  })
  const found = replies[`${init.method} ${path}`]
  const reply = Array.isArray(found) ? (found.length > 1 ? found.shift()! : found[0]!) : found!
  if (reply === 'fails') return Promise.reject(new TypeError('Failed to fetch'))
  if (reply === 'hangs')
    return new Promise((_, reject) =>
      init.signal!.addEventListener('abort', () => reject(new DOMException('aborted'))),
    )
  if (reply === 'never ends') {
    const cut = (controller: ReadableStreamDefaultController) =>
      init.signal!.addEventListener('abort', () => controller.error(new DOMException('aborted')))
    return Promise.resolve(new Response(new ReadableStream({ start: cut })))
  }
  const text = reply.text ?? JSON.stringify(reply.body ?? {})
  return Promise.resolve(new Response(text, { status: reply.status }))
}
const storage = {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => void stored.set(key, value),
  removeItem: (key: string) => void stored.delete(key),
}
const open = (more: Partial<BonusesOptions> = {}): Bonuses =>
  createBonuses({ url: `${BASE}/`, publishableKey: 'pk_1', fetch, storage, ...more })
const signedIn = () => {
  replies['POST /v1/visitor-sessions'] = { status: 201, body: PROVEN }
  return open({ identity: () => 'signed' })
}
const paths = () => seen.map(({ method, path }) => `${method} ${path}`)
const CART = { amount: '1990' }

it('asks nothing by itself and stores nothing; a page is kept for a minute', async () => {
  const bonuses = open()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(seen).toEqual([])
  expect((await bonuses.page()).data).toEqual(PAGE)
  await bonuses.page()
  expect(paths()).toEqual(['GET /v1/page'])
  await vi.advanceTimersByTimeAsync(60_001)
  await bonuses.page()
  expect(seen).toHaveLength(2)
  expect(stored.size).toBe(0)
})

it('quotes for somebody new with the publishable key alone, for a customer as that customer', async () => {
  const bonuses = open()
  expect((await bonuses.quote({ amount: '1 990,5' })).data?.earned).toBe('99.00')
  expect(seen).toMatchObject([{ path: '/v1/me/quotes', token: 'pk_1', body: { amount: '1990.50' } }])
  expect(await bonuses.me()).toMatchObject({ data: null })
  expect((await bonuses.quote({ amount: 'much' })).problem?.code).toBe('amount-invalid')
  expect(seen).toHaveLength(1)

  const known = signedIn()
  await Promise.all([known.quote(CART), known.me()])
  expect(paths().slice(1)).toEqual(['POST /v1/visitor-sessions', 'POST /v1/me/quotes', 'GET /v1/me'])
  expect(seen.at(-2)!.token).toBe('st_proven')
  replies['POST /v1/me/quotes'] = [
    { status: 401, body: { code: 'unauthorized', detail: 'Ended' } },
    { status: 200, body: { spend: {} } },
  ]
  await known.quote(CART)
  expect(seen.at(-1)!.token).toBe('pk_1')
})

it('a session is renewed before it ends', async () => {
  const bonuses = signedIn()
  await bonuses.me()
  await vi.advanceTimersByTimeAsync(3_550_000)
  replies['POST /v1/visitor-sessions'] = { status: 201, body: { ...PROVEN, token: 'st_2', expiresAt: '2026-03-01T12:00:00Z' } } // prettier-ignore
  await bonuses.me()
  expect(paths()).toEqual(['POST /v1/visitor-sessions', 'GET /v1/me', 'POST /v1/visitor-sessions', 'GET /v1/me']) // prettier-ignore
  expect(seen.at(-1)!.token).toBe('st_2')
})

it.each<[Reply, string]>([
  ['fails', 'unreachable'],
  ['hangs', 'timed-out'],
  [{ status: 502 }, 'unexpected-answer'],
  [{ status: 403, body: { code: 'origin-not-allowed', detail: 'No' } }, 'origin-not-allowed'],
])('a network where everything %j is a value within seconds', async (reply, code) => {
  for (const name of Object.keys(replies)) replies[name] = reply
  const bonuses = open({ identity: () => Promise.reject(new Error('of the shop')) })
  const problems: string[] = []
  bonuses.on('problem', (one) => problems.push(one.code))
  const all = Promise.all([
    ...[bonuses.page(), bonuses.quote(CART), bonuses.proveByTelegram(), bonuses.signIn('signed')],
    bonuses.spend({ cart: CART, amount: '10' }),
  ])
  await vi.advanceTimersByTimeAsync(4_000)
  expect((await all).map(({ problem }) => problem?.code)).toEqual(Array(5).fill(code))
  expect(problems).toContain(code)
  expect((await bonuses.cancel()).data).toBeNull()
})

it.each<[what: string, reply: Reply, code: string]>([
  ...['null', '[]', '"x"', '7', '{}', '<html>', '{"bonuses":{"spen', ''].map(
    (text): [string, Reply, string] => [text, { status: 200, text }, 'unexpected-answer'],
  ),
  ['2 MB', { status: 200, text: `"${'x'.repeat(2_000_000)}"` }, 'unexpected-answer'],
  ['null of a fault', { status: 500, text: 'null' }, 'unexpected-answer'],
  ['an answer without an end', 'never ends', 'timed-out'],
])('whoever answers %s is believed nothing, and nothing breaks', async (_, reply, code) => {
  const known = signedIn()
  await known.spend({ cart: CART, amount: '200' })
  for (const name of Object.keys(replies)) replies[name] = reply
  const asked = (bonuses: Bonuses) => [
    ...[bonuses.page(), bonuses.quote(CART), bonuses.proveByTelegram(), bonuses.signIn('signed')],
    bonuses.spend({ cart: CART, amount: '10' }),
  ]
  await vi.advanceTimersByTimeAsync(61_000)
  const all = Promise.all([...asked(open({ storage: null })), known.me(), known.entries(), known.quote(CART)])
  await vi.advanceTimersByTimeAsync(8_000)
  expect((await all).map(({ problem }) => problem?.code)).toEqual(Array(8).fill(code))
  expect(known.spending).toMatchObject({ id: 'hld_1', state: 'awaiting-confirmation' })
})

it('a referral code lives with the page, outlives it when that is allowed, and goes with the order', () => {
  const bonuses = open({ referral: referralOf('?utm=1&ref=ANNA-7&x') })
  expect([bonuses.referral, open().referral, stored.size]).toEqual(['ANNA-7', undefined, 0])
  bonuses.remember()
  expect(open().referral).toBe('ANNA-7')
  bonuses.ordered()
  expect([bonuses.referral, open().referral]).toEqual([undefined, undefined])
  for (const search of ['', '?href=A', '?ref=', '?ref=%3Cb%3E', '?ref=A.B', `?ref=${'A'.repeat(101)}`])
    expect(referralOf(search), search).toBeUndefined()
})

it('is proven in Telegram, also when the page is loaded again meanwhile, and then kept', async () => {
  const pending = { status: 403, body: { code: 'proof-pending', detail: 'Wait' } }
  replies['POST /v1/visitor-sessions'] = [{ status: 201, body: { ...SESSION, token: 'st_visitor' } }, pending]
  const first = open()
  const { data: proof } = await first.proveByTelegram()
  expect(proof).toMatchObject({ url: LINK.url, code: '1234' })
  expect((await first.proveByTelegram()).data).toBe(proof)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(seen.at(-1)).toMatchObject({ body: { telegramProof: 'claim-1', renewal: 'sr_1' }, token: 'pk_1' })
  proof!.cancel()
  expect((await proof!.proven).problem?.code).toBe('cancelled')

  await first.proveByTelegram()
  const again = open()
  const sessions: boolean[] = []
  again.on('session', ({ proven }) => sessions.push(proven))
  const waits = again.proof!.proven
  replies['POST /v1/visitor-sessions'] = ['fails', { status: 201, body: PROVEN }]
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await waits).toMatchObject({ data: true })
  expect([again.proven, again.proof, sessions]).toEqual([true, undefined, [true]])
  expect((await again.bot()).data?.url).toBe('https://t.me/demo_bot')
  expect(open().proven).toBe(true)
  // The bot knows whoever came by it, and not whom the shop signs in afterwards.
  await again.signIn('identity-1')
  expect((await again.bot()).data).toMatchObject({ url: LINK.url, code: '1234' })
  again.signOut()
  await vi.advanceTimersByTimeAsync(0)
  expect([again.proven, open().proven]).toEqual([false, false])
})

it.each([
  ['proof-refused', { status: 403, body: { code: 'proof-refused', detail: 'No' } }, 0],
  ['proof-expired', { status: 403, body: { code: 'proof-pending', detail: 'Wait' } }, 900_000],
])('a proof that comes to nothing is %s', async (code, reply, ms) => {
  replies['POST /v1/visitor-sessions'] = [{ status: 201, body: { ...SESSION, token: 'st_visitor' } }, reply]
  const bonuses = open()
  const { data: proof } = await bonuses.proveByTelegram()
  await vi.advanceTimersByTimeAsync(ms + 6_000)
  expect((await proof!.proven).problem?.code).toBe(code)
})

it('spends: waits for the confirmation, survives a reload, tells each state once, and lets go', async () => {
  const bonuses = signedIn()
  expect((await open().spend({ cart: CART, amount: '10' })).problem?.code).toBe('proof-required')
  expect((await bonuses.spend({ cart: CART, amount: '1990.01' })).problem?.code).toBe('amount-invalid')
  const states: unknown[] = []
  const leave = bonuses.on('spending', (one) => states.push([one?.state, one?.discount]))
  const wish = { cart: { ...CART, items: [{ name: 'Mug', price: '1990', quantity: 1 }] }, amount: '200' }
  await expect(bonuses.spend(wish)).resolves.toMatchObject({ data: { state: 'awaiting-confirmation', code: '4821' } }) // prettier-ignore
  expect(seen.findLast(({ path }) => path === '/v1/me/holds')).toMatchObject({
    key: expect.stringMatching(/^[\d-]{7,}$/) as string,
    body: {
      amount: '200.00',
      orderAmount: '1990.00',
      items: [{ name: 'Mug', price: '1990.00', quantity: 1 }],
    },
  })
  expect((await bonuses.spend(wish)).problem?.code).toBe('spending-exists')

  leave()
  const again = open()
  expect(again.spending).toMatchObject({ id: 'hld_1', discount: '0.00', cartAmount: '1990.00' })
  again.on('spending', (one) => states.push([one?.state, one?.discount]))
  replies['GET /v1/me/holds/hld_1'] = { status: 200, body: { ...HOLD, state: 'active' } }
  await vi.advanceTimersByTimeAsync(1_000)
  expect(again.spending).toMatchObject({ state: 'active', discount: '200.00', reservation: 'BONUS7K' })
  expect((await again.cancel()).problem).toBeUndefined()
  expect(paths()).toContain('POST /v1/me/holds/hld_1/void')
  expect(again.spending).toMatchObject({ state: 'voided', discount: '0.00' })
  expect(open().spending).toBeNull()
  expect(states).toEqual([
    ['awaiting-confirmation', '0.00'],
    ['active', '200.00'],
    ['voided', '0.00'],
  ])
})

it('asks for a confirmation every second at first, then ever more rarely', async () => {
  const bonuses = signedIn()
  await bonuses.spend({ cart: CART, amount: '200' })
  const asks = async (ms: number) => {
    const before = seen.length
    await vi.advanceTimersByTimeAsync(ms)
    return seen.length - before
  }
  expect([await asks(30_000), await asks(60_000), await asks(60_000)]).toEqual([30, 14, 12])
})

it('a spending is over in the page when its time is, whatever the network does', async () => {
  const bonuses = signedIn()
  await bonuses.spend({ cart: CART, amount: '200', orderId: '7' })
  expect(seen.at(-1)!.body).toMatchObject({ orderId: '7' })
  replies['GET /v1/me/holds/hld_1'] = 'fails'
  await vi.advanceTimersByTimeAsync(1_810_000)
  expect(bonuses.spending?.state).toBe('expired')
})

it('what waits for its confirmation is let go at once, and the server is told twice if need be', async () => {
  const bonuses = signedIn()
  await bonuses.spend({ cart: CART, amount: '200' })
  replies['POST /v1/me/holds/hld_1/void'] = 'fails'
  expect((await bonuses.cancel()).problem?.code).toBe('unreachable')
  expect(bonuses.spending).toMatchObject({ state: 'voided', discount: '0.00' })
  const told = seen.filter(({ path }) => path.endsWith('/void'))
  expect([told.length, told[0]!.key === told[1]!.key]).toEqual([2, true])
})

it('what may have been lost is said again under the same key', async () => {
  const bonuses = signedIn()
  replies['POST /v1/me/holds'] = ['fails', { status: 201, body: HOLD }]
  expect((await bonuses.spend({ cart: CART, amount: '200' })).data?.id).toBe('hld_1')
  const [one, other] = seen.filter(({ path }) => path === '/v1/me/holds')
  expect(one!.key).toBe(other!.key)
})

it('where the shop imported promo codes, takes one of a nominal; where it wants none, none', async () => {
  const bonuses = signedIn()
  const as = (spending: string) => ({
    status: 200,
    body: { ...PAGE, bonuses: { ...PAGE.bonuses, spending } },
  })
  replies['GET /v1/page'] = [as('promo-codes'), as('off')]
  replies['POST /v1/me/promo-codes'] = { status: 201, body: { ...HOLD, reservation: 'K7QJX2' } }
  expect((await bonuses.spend({ cart: CART, amount: '500' })).data?.reservation).toBe('K7QJX2')
  expect(seen.at(-1)!.body).toEqual({ nominal: '500.00', orderAmount: '1990.00' })
  await bonuses.cancel()
  await vi.advanceTimersByTimeAsync(60_001)
  expect((await bonuses.spend({ cart: CART, amount: '500' })).problem?.code).toBe('spending-off')
})

it('a cart whose lines are no lines is a cart without them', async () => {
  const bonuses = signedIn()
  for (const items of [null, {}, 5, 'two cups', [null]]) {
    const cart = { amount: '1990', items } as never
    expect((await bonuses.quote(cart)).data?.earned).toBe('99.00')
    expect(seen.at(-1)!.body).toMatchObject({ amount: '1990.00' })
    expect(seen.at(-1)!.body).not.toHaveProperty('items')
  }
})
