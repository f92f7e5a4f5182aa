import type { components } from '@tapline/openapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANNA, minor, money, shopDesk, type ShopDesk } from './shop-desk.fixture.ts'
import { startTapline, type Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']
type Entry = Schemas['Entry']

const LANGUAGES = ['ru', 'en', 'kk'] as const
let tapline: Tapline

beforeAll(async () => {
  tapline = await startTapline()
})
afterAll(() => tapline.stop())

async function openShop(program: Schemas['ProgramInput'], sandbox = false): Promise<ShopDesk> {
  const desk = shopDesk(tapline, await tapline.createShop({ sandbox }, program))
  await desk.register(ANNA)
  return desk
}
const buy = (desk: ShopDesk, orderId: string, amount: number | string, more: object = {}) =>
  desk.put(orderId, { status: 'paid', customer: ANNA, amount, ...more })
const earnOf = async (desk: ShopDesk, orderId: string) =>
  (await desk.entries()).find((entry) => entry.kind === 'earn' && entry.orderId === orderId)!
/** Everything that is a number in a sentence, as written in any of the languages. */
const numbersIn = (sentences: string[]) =>
  sentences
    .join(' ')
    .replace(/(\d)[\s\u00a0\u202f](?=\d{3})/g, '$1')
    .match(/\d+(?:[.,]\d+)?/g)!
    .map((text) => text.replace(',', '.'))

describe('an order’s entry', () => {
  it('is explained by what stands in the order, in three languages with the same numbers', async () => {
    const desk = await openShop({
      basePercent: 5,
      tiers: [{ name: 'Silver', threshold: '1000', percent: 2 }],
      rules: [
        { id: 'tea', name: 'Tea week', match: { categories: ['tea'] }, effect: { multiply: 3 } },
        { id: 'gift', name: 'Gift', effect: { bonus: '25' } },
      ],
      exclusions: [
        { match: { delivery: true }, from: 'both' },
        { match: { skus: ['voucher'] }, from: 'earning' },
        { match: { sale: true }, from: 'earning' },
        { match: { categories: ['books'] }, from: 'earning' },
      ],
      activationDelayDays: 3,
      expiryDays: 60,
    })
    await buy(desk, '1', 1000)
    await desk.adjust('200')
    const { body: order } = await buy(desk, '2', '2999.99', {
      spend: '199.99',
      items: [
        { sku: 'leaf', name: 'Green leaf', category: 'tea', price: '1000.10' },
        { sku: 'pot', name: 'Pot', price: '800.80' },
        { sku: 'voucher', name: 'Voucher', price: '500' },
        { sku: 'old', name: 'Old cup', sale: true, price: '100' },
        { sku: 'book', name: 'Book of tea', category: 'books', price: '299.09' },
        { name: 'Courier', delivery: true, price: '300' },
      ],
    })
    const entry = await earnOf(desk, '2')
    const told = await Promise.all(LANGUAGES.map((language) => desk.explain(entry.id, language)))
    const [ru, en, kk] = told.map(({ body }) => body.sentences) as [string[], string[], string[]]
    const { body } = told[1]!
    expect(told.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(body).toMatchObject({
      entryId: entry.id,
      customerId: order.customerId,
      kind: 'earn',
      amount: order.earned,
      programVersion: order.programVersion,
      lots: entry.lots,
      details: entry.details,
    })

    const counted = body.order!
    expect(counted).toMatchObject({
      orderId: '2',
      amount: '2999.99',
      spent: '199.99',
      percent: 7,
      tier: 'Silver',
      rounding: 'floor',
      earned: order.earned,
      kept: order.earned,
    })
    const sumOf = (amounts: string[]) => amounts.reduce((sum, amount) => sum + minor(amount), 0)
    expect(sumOf(counted.parts.map(({ amount }) => amount))).toBe(minor(order.earned))
    expect(sumOf(counted.lines.map(({ earned }) => earned))).toBe(minor(order.earned))
    expect(sumOf(counted.lines.map(({ amount }) => amount))).toBe(299_999)
    expect(sumOf(counted.lines.map(({ spent }) => spent))).toBe(19_999)
    expect(sumOf(counted.lines.map(({ base }) => base))).toBe(minor(counted.base))
    expect(counted.lines.map(({ item, leftOut }) => [item, leftOut])).toEqual([
      ['leaf', null],
      ['pot', null],
      ['voucher', 'sku'],
      ['old', 'sale'],
      ['book', 'category'],
      ['Courier', 'delivery'],
    ])
    // By hand: 5 % and 2 % of the base, the tea three times, all rounded down together, and the gift.
    const base = (item: string) => minor(counted.lines.find((line) => line.item === item)!.base)
    const exact = (base('leaf') * 21 + base('pot') * 7) / 100
    expect(minor(order.earned)).toBe(Math.floor(exact / 100) * 100 + 2_500)
    expect(Number(counted.roundedBy)).toBeCloseTo(Math.floor(exact / 100) * 100 - exact, 3)

    for (const sentences of [ru, en, kk]) {
      expect(sentences).toHaveLength(en.length)
      const numbers = numbersIn(sentences)
      for (const amount of [
        order.earned,
        '2999.99',
        '199.99',
        counted.base,
        '500.00',
        '100.00',
        '299.09',
        '300.00',
        '25.00',
        ...counted.parts.map((part) => part.amount),
      ])
        expect(numbers, sentences.join('\n')).toContain(amount)
      for (const word of ['Silver', 'Tea week', 'Gift', 'Voucher', 'Old cup', 'Book of tea'])
        expect(sentences.join('\n')).toContain(word)
      expect(sentences.join('')).not.toMatch(/[{}]|undefined|NaN/)
    }
    expect(en[0]).toBe(`Order 2 earned ${order.earned} bonuses.`)
    expect(ru[0]).toBe(`Начислено бонусов за заказ 2: ${order.earned}.`)
    expect(kk[0]).toBe(`2 тапсырысы үшін ${order.earned} бонус есептелді.`)
    expect(en.join('\n')).toMatch(/Rounded down to whole bonuses/)
    expect(en.join('\n')).toMatch(/They can be spent from .* They last until|They can be spent from/)
    expect(new Set([ru.join(), en.join(), kk.join()]).size).toBe(3)
  })

  it('says what a limit cut, and what stays after refunds', async () => {
    const desk = await openShop({ basePercent: 10, limits: { customerEarned: { hard: '120' } } })
    await buy(desk, '1', 1000)
    await buy(desk, '2', 1000)
    const cut = (await desk.explain((await earnOf(desk, '2')).id)).body
    expect(cut.order!.parts).toContainEqual(expect.objectContaining({ rule: 'limit', amount: '-80.00' }))
    expect(cut.sentences).toContain('A limit of the day cut 80.00.')
    await desk.refund('1', { refundId: 'r', amount: 250 })
    const reversed = (await desk.entries()).find(({ kind }) => kind === 'reverse')!
    const { body } = await desk.explain(reversed.id)
    expect(body.order).toMatchObject({ earned: '100.00', kept: '75.00' })
    expect(body.amount).toBe('-25.00')
    expect(body.sentences[0]).toBe('25.00 bonuses earned on order 1 were taken back.')
    expect(body.sentences).toContain('After refunds 75.00 of 100.00 stay.')
  })

  it('keeps to the version of the program that it was counted with', async () => {
    const desk = await openShop({
      basePercent: 10,
      rules: [{ id: 'double', name: 'Double days', effect: { multiply: 2 } }],
    })
    const { body: order } = await buy(desk, '1', 1000)
    const { id } = await earnOf(desk, '1')
    const before = (await desk.explain(id)).body
    await desk.publish({ basePercent: 1 })
    expect((await desk.explain(id)).body).toEqual(before)
    expect(before.sentences).toContain('The rule “Double days”, +10 %: 100.00.')
    expect(before.sentences).toContain(`By version ${order.programVersion} of the program.`)
  })

  it('rounds as the program says, and says so', async () => {
    for (const [rounding, earned, roundedBy] of [
      ['floor', '12.00', '-64.4343'],
      ['nearest', '13.00', '35.5657'],
      ['none', '12.64', '-0.4343'],
    ] as const) {
      const desk = await openShop({ basePercent: 9.99, rounding })
      expect((await buy(desk, '1', '126.57')).body.earned).toBe(earned)
      const { body } = await desk.explain((await earnOf(desk, '1')).id)
      expect(body.order).toMatchObject({
        rounding,
        roundedBy: expect.stringMatching(new RegExp(`^${roundedBy.slice(0, -2)}`)) as string,
      })
      expect(body.sentences.some((sentence) => /[Rr]ounded|dropped/.test(sentence))).toBe(true)
    }
  })
})

describe('every kind of entry', () => {
  const KINDS = [
    'earn welcome',
    'earn purchase',
    'earn referral',
    'activate purchase',
    'hold checkout',
    'release captured',
    'release voided',
    'release expired',
    'spend order',
    'refund order',
    'reverse purchase',
    'reverse debt',
    'reverse cancelled',
    'expire expiry',
    'adjust adjustment',
  ]
  /** One shop's life with all that can stand in a ledger. */
  async function everything(): Promise<{ desk: ShopDesk; entries: Entry[] }> {
    const desk = await openShop(
      {
        basePercent: 10,
        referralPercent: 5,
        welcomeBonus: '50',
        awardOn: 'fulfilment',
        birthday: { bonus: '20' },
        refunds: { whenSpent: 'allow-debt', leastLifeDays: 0 },
      },
      true,
    )
    const { referralCode } = await desk.shop.customer(ANNA)
    const friend = { email: 'friend@shop.test' }
    await desk.register({ ...friend, referralCode })
    const fulfilled = (orderId: string, amount: number, more: object = {}) =>
      desk.put(orderId, { status: 'fulfilled', customer: ANNA, amount, ...more })
    await buy(desk, '1', 1000)
    await fulfilled('1', 1000)
    await fulfilled('2', 1000, { customer: friend })
    const soon = new Date((await desk.now()) + 3_600_000).toISOString()
    await desk.adjust('10', { expiresAt: soon })
    await desk.adjust('-1')
    const holds = await Promise.all(
      ['h1', 'h2', 'h3'].map((orderId) => desk.hold({ orderId, amount: '5', expiresInSeconds: 600 })),
    )
    await desk.capture(holds[0]!.body.id, { amount: '4' })
    await desk.voidHold(holds[1]!.body.id)
    await desk.move({ advanceSeconds: 7_200 })
    await desk.refund('h1', { customer: ANNA })
    const { available } = await desk.bonuses()
    await desk.spend({ amount: available, orderId: '3' })
    await desk.refund('1')
    await fulfilled('4', 1500)
    await buy(desk, '5', 1000)
    const [pending] = (await desk.lots()).filter(({ state }) => state === 'pending')
    await desk.post(`/v1/customers/${await desk.idOf(ANNA)}/lots/${pending!.id}/cancel`)
    // The friend becomes a part of Anna.
    await desk.post(`/v1/customers/${await desk.idOf(ANNA)}/merge`, { from: await desk.idOf(friend) })
    return { desk, entries: await desk.entries() }
  }

  it('has a sentence with its amount in three languages', async () => {
    const { desk, entries } = await everything()
    const kinds = new Set(entries.map(({ kind, reason }) => `${kind} ${reason}`))
    for (const kind of KINDS) expect([...kinds]).toContain(kind)
    const ownWords = new Map<string, string>()
    for (const entry of entries) {
      const told = await Promise.all(LANGUAGES.map((language) => desk.explain(entry.id, language)))
      ownWords.set(`${entry.kind} ${entry.reason}`, told[1]!.body.sentences[0]!.replace(/[\d.]+|h\d/g, ''))
      const texts = told.map(({ body }) => body.sentences)
      expect(new Set(texts.map(([first]) => first)).size, `${entry.kind} ${entry.reason}`).toBe(3)
      for (const [index, { status, body }] of told.entries()) {
        expect([status, body.kind, body.amount]).toEqual([200, entry.kind, entry.amount])
        if (minor(entry.amount) !== 0)
          expect(texts[index]![0]).toContain(money(Math.abs(minor(entry.amount))))
        expect(texts[index]!.join('')).not.toMatch(/[{}]|undefined|NaN|Invalid/)
        if (entry.orderId !== null && ['spend', 'refund'].includes(entry.kind))
          expect(texts[index]![0]).toContain(entry.orderId)
        if (entry.debt !== undefined)
          expect(texts[index]!.join(' ')).toContain(money(Math.abs(minor(entry.debt))))
      }
    }
    expect(ownWords.get('earn referral')).toContain('friend')
    const listed = KINDS.map((kind) => ownWords.get(kind))
    expect(new Set(listed).size, listed.join('\n')).toBe(KINDS.length)
    expect(await desk.problems()).toEqual([])
  })
})

describe('an entry', () => {
  it('that is not there, or is another shop’s, is 404', async () => {
    const desk = await openShop({ welcomeBonus: '50' })
    const stranger = await openShop({ welcomeBonus: '50' })
    const [entry] = await desk.entries()
    expect((await desk.explain(entry!.id)).status).toBe(200)
    for (const id of [entry!.id, 'ent_01M7Y6FQC14XA870Q1KZXZ0WQ3'])
      expect(await stranger.explain(id)).toMatchObject({ status: 404, body: { code: 'entry-not-found' } })
  })
})
