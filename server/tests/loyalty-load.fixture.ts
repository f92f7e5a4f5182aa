import { setTimeout as delay } from 'node:timers/promises'
import { patientShop } from './patient-shop.fixture.ts'
import { money } from './shop-desk.fixture.ts'
import type { Random } from './random.fixture.ts'
import type { CreatedProject } from './tapline.fixture.ts'

export type Told = { status: number; body: Body }
type Body = {
  id?: string
  status?: string
  code?: string
  details?: { differs?: string[] }
  data?: { id: string; state?: string }[]
}
/** `group`: only customers of the same one are ever merged. Null: never merged. */
export type TestCustomer = { email: string; phone: string; group: number | null; id: string }
type Stage = 'created' | 'paid' | 'fulfilled'
type TestOrder = {
  orderId: string
  owner: TestCustomer
  /** How the shop names the customer at the door, each time: another name of the same one is another customer there. */
  contact: { email?: string; phone?: string }
  /** Price of a cup by stage: the same, or the order changes on its way. */
  cupMinor: Record<Stage, number>
  hasItems: boolean
  /** Goods came back by name, or may have: the order's lines stand from then on. */
  cameBackByName: boolean
  accepted: boolean
}
type Wish = { what: string; method?: string; path: string; body?: object; key?: string; may?: string[] }

const LONERS = 4
const GROUPS = 2
const OF_GROUP = 4
const TEA_MINOR = 45_000
const STAGE: Record<string, Stage> = {
  created: 'created',
  cancelled: 'created',
  paid: 'paid',
  refunded: 'paid',
  partially_refunded: 'paid',
  fulfilled: 'fulfilled',
}
/** Orders of the last while come up again and again. */
const RECENT = 60

/**
 * Every loyalty command at random, by patient shoppers at several servers at once, and the test's own account of the only
 * thing that outlives the undoing of everything: what staff gave and took.
 */
export function loyaltyLoad(project: CreatedProject, urls: readonly string[], random: Random) {
  const door = new URL(project.webhookUrl).pathname
  const shop = patientShop(urls, random)
  const { ask, complain, complaints } = shop
  const counts = Object.assign(shop.counts, { accepted: 0, refused: 0, merges: 0, undone: 0, captures: 0 })
  const refusals: Record<string, number> = {}
  const orders: TestOrder[] = []
  const holds: { id: string; orderId: string }[] = []
  const merges: string[] = []
  const inboxIds = new Set<string>()
  const adjustedMinor = new Map<string, number>()
  const unanswered: { wish: Wish; customer: TestCustomer; amountMinor: number }[] = []
  let serial = 0

  const customers: TestCustomer[] = Array.from({ length: LONERS + GROUPS * OF_GROUP }, (_, index) => ({
    email: `one${index}@shop.test`,
    phone: `+7901${1_000_000 + index}`,
    group: index < LONERS ? null : (index - LONERS) % GROUPS,
    id: '',
  }))

  /** Undefined: it broke off and was not asked again. */
  async function tell(wish: Wish, abandonAfterMs?: number): Promise<Told | undefined> {
    const { what, method, path, body, key, may = [] } = wish
    const isDoor = path === door
    const answer = await ask(
      {
        path,
        ...(method !== undefined && { method }),
        ...(body !== undefined && { body: JSON.stringify(body) }),
        headers: () => ({
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(!isDoor && { authorization: `Bearer ${project.secretKey}` }),
          ...(key !== undefined && { 'idempotency-key': key }),
          ...(isDoor && serial % 3 === 0 && { prefer: 'wait=5' }),
        }),
      },
      abandonAfterMs,
    )
    if (answer === undefined) return undefined
    const told: Told = { status: answer.status, body: JSON.parse(answer.text) as Body }
    if (told.status < 300) {
      counts.accepted++
      if (isDoor) inboxIds.add(told.body.id!)
      return told
    }
    counts.refused++
    const code = told.body.code ?? String(told.status)
    refusals[`${what}: ${code}`] = (refusals[`${what}: ${code}`] ?? 0) + 1
    if (!may.includes(code)) complain(`${what}: ${answer.text} to ${JSON.stringify(wish)}`)
    return told
  }

  /** Now and then twice at once, or with a key, or again later. */
  async function say(wish: Wish): Promise<Told | undefined> {
    const keyed =
      wish.method === undefined && wish.path !== door && random.chance(40)
        ? { ...wish, key: `key-${serial++}` }
        : wish
    const answers = await Promise.all(Array.from({ length: random.chance(10) ? 2 : 1 }, () => tell(keyed)))
    if (random.chance(5)) await tell(keyed)
    return answers.find((answer) => answer !== undefined && answer.status < 300) ?? answers[0]
  }

  const now = (order: TestOrder, stage: Stage) => {
    const cupMinor = order.cupMinor[stage]
    const items = [
      { sku: 'tea', category: 'tea', quantity: 2, price: money(TEA_MINOR) },
      { sku: 'cup', category: 'ware', quantity: 1, price: money(cupMinor) },
    ]
    return { amount: money(2 * TEA_MINOR + cupMinor), ...(order.hasItems && { items }) }
  }
  const amountOf = (order: TestOrder) => 2 * TEA_MINOR + order.cupMinor.paid
  const refOf = ({ email, phone, id }: TestCustomer) =>
    random.pick<object>([{ email }, { phone }, { email, phone }, { id }])

  function newOrder(): TestOrder {
    const price = () => 1_000 + random.below(400_000)
    const one = price()
    const varies = random.chance(30)
    const owner = random.pick(customers)
    const { email, phone } = owner
    const order: TestOrder = {
      orderId: `order-${serial++}`,
      owner,
      contact: random.pick([{ email }, { phone }, { email, phone }]),
      cupMinor: { created: one, paid: varies ? price() : one, fulfilled: varies ? price() : one },
      hasItems: random.chance(70),
      cameBackByName: false,
      accepted: false,
    }
    orders.push(order)
    return order
  }
  const someOrder = (newPercent: number) =>
    orders.length === 0 || random.chance(newPercent) ? newOrder() : random.pick(orders.slice(-RECENT))

  /** Another customer can only be meant where a merge came between; other money never is. */
  function judge(what: string, order: TestOrder, told: Told | undefined): void {
    if (told === undefined) return
    if (told.status === 200 || told.status === 201) order.accepted = true
    const differs = told.body.details?.differs ?? []
    const isStrange = differs.includes('customer') && order.owner.group === null
    const mayDiffer = what === 'put' && order.cameBackByName ? [] : ['lines']
    const isWrong = (what === 'put' || what === 'purchase') && differs.some((one) => one === 'amount' || mayDiffer.includes(one)) // prettier-ignore
    if (isStrange || isWrong) complain(`${what} of ${JSON.stringify(order)} conflicts: ${JSON.stringify(told)}`) // prettier-ignore
  }

  const REFUSED_PAYMENT = ['order-conflict', 'insufficient-bonuses', 'spend-limit-exceeded', 'hold-ended', 'customer-merged'] // prettier-ignore

  async function put(): Promise<void> {
    const order = someOrder(55)
    const status = random.pick(['created', 'paid', 'paid', 'paid', 'fulfilled', 'fulfilled', 'cancelled', 'refunded', 'partially_refunded']) // prettier-ignore
    const stage = STAGE[status]!
    const hold = holds.find(({ orderId }) => orderId === order.orderId)
    const payment = random.chance(50) && hold !== undefined ? { holdId: hold.id } : random.chance(25) ? { spend: money(1 + random.below(15_000)) } : {} // prettier-ignore
    const body = {
      status,
      ...(random.chance(90) || !order.accepted ? { customer: refOf(order.owner) } : {}),
      ...(random.chance(90) || !order.accepted ? now(order, stage) : {}),
      ...(status === 'partially_refunded' && { refundedAmount: money(1 + random.below(TEA_MINOR * 2)) }),
      ...payment,
    }
    const may = [...REFUSED_PAYMENT, 'refund-too-large', 'order-not-found', 'hold-unconfirmed', 'hold-not-found'] // prettier-ignore
    judge('put', order, await say({ what: 'put', method: 'PUT', path: `/v1/orders/${order.orderId}`, body, may })) // prettier-ignore
  }

  async function purchase(): Promise<void> {
    const order = someOrder(70)
    // The door knows one version of an order.
    if (order.cupMinor.created !== order.cupMinor.paid || order.cupMinor.paid !== order.cupMinor.fulfilled)
      return
    const payload = { ...order.contact, orderId: order.orderId, ...now(order, 'paid') }
    judge('purchase', order, await say({ what: 'purchase', path: door, body: { action: 'purchase', payload }, may: ['order-conflict'] })) // prettier-ignore
  }

  async function spend(): Promise<void> {
    const order = someOrder(40)
    const payload = {
      ...order.contact,
      orderId: order.orderId,
      amount: money(1 + random.below(20_000)),
      ...(random.chance(40) && { orderAmount: money(amountOf(order)) }),
    }
    const may = [...REFUSED_PAYMENT, 'order-amount-required']
    judge('spend', order, await say({ what: 'spend', path: door, body: { action: 'spend_bonuses', payload }, may })) // prettier-ignore
  }

  /** Some come before their order. */
  async function refund(): Promise<void> {
    const order = someOrder(5)
    const refundId = `refund-${serial++}`
    const how = random.below(order.hasItems ? 3 : 2)
    const what =
      how === 0
        ? {}
        : how === 1
          ? { refundId, amount: money(1 + random.below(amountOf(order))) }
          : { refundId, items: [{ sku: random.pick(['tea', 'cup']), quantity: 1 }] }
    if (how === 2) order.cameBackByName = true
    const may = ['refund-too-large', 'refund-line-unknown', 'order-not-found', 'order-conflict', 'customer-not-found', 'customer-merged', 'refund-conflict'] // prettier-ignore
    const wish = random.chance(50)
      ? {
          what: 'refund',
          path: `/v1/orders/${order.orderId}/refunds`,
          body: { ...what, ...(random.chance(50) && { customer: refOf(order.owner) }) },
          may,
        }
      : {
          what: 'door refund',
          path: door,
          body: {
            action: 'refund',
            payload: { ...what, orderId: order.orderId, ...(random.chance(50) && order.contact) },
          },
          may: [...may, 'contact-required'],
        }
    judge(wish.what, order, await say(wish))
  }

  async function hold(): Promise<void> {
    const order = someOrder(50)
    const body = {
      customer: refOf(order.owner),
      orderId: order.orderId,
      amount: money(1 + random.below(15_000)),
      ...(random.chance(60) && { orderAmount: money(amountOf(order)) }),
      expiresInSeconds: random.pick([60, 3_600, 86_400]),
      awaitsConfirmation: random.chance(10),
    }
    const may = [...REFUSED_PAYMENT, 'order-amount-required', 'hold-exists']
    const told = await say({ what: 'hold', path: '/v1/holds', body, may })
    if (told?.status === 201) holds.push({ id: told.body.id!, orderId: order.orderId })
  }

  async function endHold(): Promise<void> {
    if (holds.length === 0) return
    const { id } = random.pick(holds.slice(-20))
    if (random.chance(40)) {
      await say({ what: 'void', path: `/v1/holds/${id}/void`, may: ['hold-ended', 'customer-merged'] })
      return
    }
    if (random.chance(15))
      await say({ what: 'confirm', path: `/v1/sandbox/holds/${id}/confirm`, may: ['hold-ended', 'customer-merged'] }) // prettier-ignore
    const body = random.chance(50) ? { amount: money(1 + random.below(10_000)) } : {}
    const may = [...REFUSED_PAYMENT, 'hold-too-small', 'hold-unconfirmed', 'order-amount-required']
    const told = await say({ what: 'capture', path: `/v1/holds/${id}/capture`, body, may })
    if (told?.status === 200) counts.captures++
  }

  async function adjust(): Promise<void> {
    const customer = random.pick(customers)
    const amountMinor = (random.chance(60) ? 1 : -1) * (1 + random.below(20_000))
    const wish: Wish = {
      what: 'adjust',
      path: `/v1/customers/${customer.id}/adjustments`,
      body: { amount: money(amountMinor), reason: 'Late delivery', staff: 'till 2' },
      key: `adjust-${serial++}`,
      may: ['insufficient-bonuses', 'customer-merged'],
    }
    const isBusy = random.chance(10)
    const answers = await Promise.all([tell(wish, isBusy ? 1 + random.below(40) : undefined), ...(random.chance(15) ? [tell(wish)] : [])]) // prettier-ignore
    if (answers.some((answer) => answer?.status === 200)) note(customer, amountMinor)
    else if (answers.includes(undefined)) unanswered.push({ wish, customer, amountMinor })
  }

  function note({ id }: TestCustomer, amountMinor: number): void {
    adjustedMinor.set(id, (adjustedMinor.get(id) ?? 0) + amountMinor)
  }

  async function merge(): Promise<void> {
    const group = random.below(GROUPS)
    const [from, into] = random.shuffle(customers.filter((one) => one.group === group)) as [TestCustomer, TestCustomer] // prettier-ignore
    const told = await say({
      what: 'merge',
      path: `/v1/customers/${into.id}/merge`,
      body: { from: from.id },
      may: ['customer-merged', 'merge-same-customer'],
    })
    if (told?.status !== 200) return
    counts.merges++
    merges.push(told.body.id!)
  }

  async function undo(): Promise<void> {
    if (merges.length === 0) return
    const id = random.chance(70) ? merges.at(-1)! : random.pick(merges)
    const told = await say({ what: 'undo', path: `/v1/merges/${id}/undo`, may: ['merge-not-newest'] })
    if (told?.status === 200) counts.undone++
  }

  /** A promise is kept early, or not at all. */
  async function steerLot(): Promise<void> {
    const { id } = random.pick(customers)
    const lots = await tell({ what: 'lots', method: 'GET', path: `/v1/customers/${id}/lots` })
    const pending = lots?.body.data?.filter(({ state }) => state === 'pending') ?? []
    if (pending.length === 0) return
    const act = random.pick(['activate', 'cancel'])
    await say({
      what: act,
      path: `/v1/customers/${id}/lots/${random.pick(pending).id}/${act}`,
      may: ['lot-not-found', 'lot-not-pending', 'customer-merged'],
    })
  }

  async function moveClock(): Promise<void> {
    const advanceSeconds = random.pick([30, 90, 600, 3_600, 20_000, 90_000])
    await say({ what: 'clock', path: '/v1/sandbox/clock', body: { advanceSeconds } })
  }

  async function quote(): Promise<void> {
    const body = {
      customer: refOf(random.pick(customers)),
      amount: money(1_000 + random.below(500_000)),
      ...(random.chance(50) && { spend: money(random.below(20_000)) }),
    }
    await say({ what: 'quote', path: '/v1/quotes', body })
  }

  const register = ({ email, phone }: TestCustomer) =>
    say({ what: 'register', path: door, body: { action: 'register_user', payload: { email, phone, name: 'Анна' } } }) // prettier-ignore

  const acts = [
    ...Array<() => Promise<void>>(14).fill(put),
    ...[purchase, purchase, purchase, purchase, purchase],
    ...[spend, spend, spend, spend, spend],
    ...[refund, refund, refund, refund, refund],
    ...[hold, hold, hold, hold, endHold, endHold, endHold, endHold],
    ...[adjust, adjust, adjust, adjust, merge, undo, steerLot, moveClock, quote],
    () => register(random.pick(customers)).then(() => undefined),
  ]

  return {
    customers,
    counts,
    refusals,
    complaints,
    inboxIds,
    tell,
    /** What staff gave less what it took, by customer id. */
    adjustedMinor,
    acceptedOrders: () => orders.filter(({ accepted }) => accepted).map(({ orderId }) => orderId),

    async begin(): Promise<void> {
      await Promise.all(customers.map(register))
      for (const customer of customers)
        while (customer.id === '') {
          const found = await tell({ what: 'find', method: 'GET', path: `/v1/customers?email=${customer.email}` }) // prettier-ignore
          customer.id = found?.body.data?.[0]?.id ?? ''
          if (customer.id === '') await delay(50)
        }
    },

    async run(shoppers: number, isOver: () => boolean): Promise<void> {
      await Promise.all(
        Array.from({ length: shoppers }, async () => {
          while (!isOver()) {
            await random.pick(acts)()
            await delay(random.below(20))
          }
        }),
      )
    },

    /** Of what staff did and nobody heard an answer to, it is asked again. */
    async askAgain(): Promise<void> {
      for (const { wish, customer, amountMinor } of unanswered.splice(0))
        if ((await tell(wish))?.status === 200) note(customer, amountMinor)
    },
  }
}
