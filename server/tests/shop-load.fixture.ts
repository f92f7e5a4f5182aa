import { setTimeout as delay } from 'node:timers/promises'
import { signBody, signWebhook } from '@tapline/signing'
import { patientShop } from './patient-shop.fixture.ts'
import type { Random } from './random.fixture.ts'
import type { CreatedProject } from './tapline.fixture.ts'

export type TestOrder = {
  storefront: string
  orderId: string
  email: string
  amountMinor: number
  /** How the shop names the customer, each time it sends this order. */
  contact: { email?: string; phone?: string }
  /** What is known of each message about it: an unknown one broke off and was never asked again. */
  unpaid: Sent
  paid: Sent
  spend: Sent | 'refused'
  spendMinor: number
}
export type Sent = 'none' | 'accepted' | 'unknown'

type Message = { action?: string; body: string; contentType: string; headers?: () => Record<string, string> }
type Answer = {
  status: number
  body: { id?: string; status?: string; code?: string; lines?: AnsweredLine[] }
}
type AnsweredLine = { line: number; id?: string; status: string }

const KNOWN_CUSTOMERS = 24

/**
 * Shoppers at several servers at once, and the test's own account of what they were told. They are patient and ask again
 * with the same order id; now and then one breaks off and never asks.
 */
export function shopLoad(project: CreatedProject, urls: readonly string[], random: Random) {
  const path = new URL(project.webhookUrl).pathname
  const orders = new Map<string, TestOrder>()
  const registrations = new Map<string, Sent>()
  const acceptedIds = new Map<string, string>()
  const { ask, complain, complaints, counts: asked } = patientShop(urls, random)
  const counts = Object.assign(asked, { accepted: 0, refused: 0, lines: 0 })
  const known = Array.from({ length: KNOWN_CUSTOMERS }, (_, index) => ({
    email: `known${index}@shop.test`,
    phone: `+7900${String(1_000_000 + index)}`,
  }))
  let serial = 0

  async function deliver(
    { body, contentType, headers = () => ({}) }: Message,
    abandonAfterMs?: number,
  ): Promise<Answer | undefined> {
    const told = { path, body, headers: () => ({ 'content-type': contentType, ...headers() }) }
    const answer = await ask(told, abandonAfterMs)
    return answer && settle(answer.status, answer.text, body)
  }

  function settle(status: number, text: string, sent: string): Answer {
    const body = JSON.parse(text) as Answer['body']
    if (status >= 300) counts.refused++
    else {
      counts.accepted++
      acceptedIds.set(body.id ?? 'none', sent)
      for (const { id, status: lineStatus } of body.lines ?? [])
        if (lineStatus !== 'rejected') acceptedIds.set(id ?? 'none', sent)
    }
    return { status, body }
  }

  function expect2xx(answer: Answer | undefined, what: string): void {
    if (answer !== undefined && answer.status >= 300)
      complain(`${what} was answered with ${answer.status} ${answer.body.code}`)
  }

  /** As JSON, unsigned or signed in either way. A new attempt is a new timestamp. */
  function action(name: string, payload: object, wait = random.chance(30)): Message {
    const body = JSON.stringify({ action: name, payload })
    const id = `msg_${serial++}`
    const way = random.below(3)
    return {
      body,
      contentType: 'application/json',
      headers: () => ({
        ...(wait ? { prefer: 'wait=5' } : {}),
        ...(way === 1
          ? signWebhook({ id, timestamp: new Date(), body, secrets: [project.signingSecret] })
          : {}),
        ...(way === 2 ? { 'x-signature': signBody({ body, secret: project.signingSecret }) } : {}),
      }),
    }
  }

  function newOrder(email: string, storefront = 'api'): TestOrder {
    const phone = known.find((one) => one.email === email)?.phone
    const contact = phone === undefined ? { email } : random.pick([{ email }, { phone }, { email, phone }])
    const amountMinor = 100_000 + random.below(2_000_000)
    const order: TestOrder = {
      storefront,
      orderId: `${storefront}-${serial++}`,
      email,
      contact,
      amountMinor,
      unpaid: 'none',
      paid: 'none',
      spend: 'none',
      spendMinor: 0,
    }
    orders.set(`${storefront} ${order.orderId}`, order)
    return order
  }

  function purchaseOf({ orderId, contact, amountMinor }: TestOrder): object {
    return {
      ...contact,
      orderId,
      amount: (amountMinor / 100).toFixed(2),
      items: [{ name: 'Чай', amount: (amountMinor / 100).toFixed(2) }],
    }
  }

  async function buy(email: string): Promise<TestOrder> {
    const order = newOrder(email)
    const message = action('purchase', purchaseOf(order))
    if (random.chance(4)) {
      order.paid = (await deliver(message, 1 + random.below(30))) === undefined ? 'unknown' : 'accepted'
      return order
    }
    order.paid = 'accepted'
    const copies = random.chance(10) ? 3 : 1
    const answers = await Promise.all(Array.from({ length: copies }, () => deliver(message)))
    if (random.chance(15)) answers.push(await deliver(message))
    for (const answer of answers) expect2xx(answer, `purchase ${order.orderId}`)
    if (new Set(answers.map((answer) => answer?.body.id)).size > 1)
      complain(`${order.orderId} has several ids`)
    if (random.chance(5)) await contradict(order)
    return order
  }

  async function contradict(order: TestOrder): Promise<void> {
    const other = purchaseOf({ ...order, amountMinor: order.amountMinor + 100 })
    const answer = await deliver(action('purchase', other))
    if (answer?.status !== 409 || answer.body.code !== 'order-conflict')
      complain(`a contradiction to ${order.orderId} was answered with ${answer?.status}`)
  }

  /** Pays a part of an order with bonuses, before or after the order itself. */
  async function checkOut({ email, phone }: (typeof known)[number]): Promise<void> {
    const first = random.chance(50)
    const order = first ? newOrder(email) : await buy(email)
    order.spendMinor = 1_000 + random.below(10_000)
    const payload = {
      ...random.pick([{ email }, { phone }]),
      orderId: order.orderId,
      amount: (order.spendMinor / 100).toFixed(2),
      orderAmount: (order.amountMinor / 100).toFixed(2),
    }
    const answer = await deliver(
      action('spend_bonuses', payload, false),
      random.chance(4) ? 1 + random.below(30) : undefined,
    )
    order.spend = answer === undefined ? 'unknown' : answer.status === 200 ? 'accepted' : 'refused'
    if (answer !== undefined && answer.status !== 200 && answer.body.code !== 'insufficient-bonuses')
      complain(`spend of ${order.orderId}: ${answer.status} ${answer.body.code}`)
    if (!first) return
    order.paid = 'accepted'
    expect2xx(
      await deliver(action('purchase', purchaseOf(order))),
      `purchase ${order.orderId} after its spend`,
    )
  }

  /** What Tilda's form sends, as JSON or form-encoded; some orders come first without their payment. */
  async function buyAtTilda(email: string): Promise<void> {
    const order = newOrder(email, 'tilda')
    const asJson = random.chance(30)
    const message = (paid: boolean): Message => {
      const { orderId, amountMinor } = order
      const amount = (amountMinor / 100).toFixed(2)
      const payment = {
        sys: paid ? 'tinkoff' : 'none',
        systranid: paid ? `4${orderId.length}71` : '0',
        orderid: orderId,
        products: [`Чай=${amount}`],
        amount,
      }
      const fields = { name: 'Иван', Email: email, formid: 'form1', formname: 'Cart' }
      return asJson
        ? { contentType: 'application/json', body: JSON.stringify({ ...fields, payment }) }
        : {
            contentType: 'application/x-www-form-urlencoded',
            body: new URLSearchParams({ ...fields, payment: JSON.stringify(payment) }).toString(),
          }
    }
    if (random.chance(30)) {
      order.unpaid = 'accepted'
      expect2xx(await deliver(message(false)), `unpaid ${order.orderId}`)
      if (random.chance(30)) return
    }
    order.paid = 'accepted'
    // Tilda asks three times when it is not answered in time.
    const answers = await Promise.all(
      Array.from({ length: random.chance(20) ? 3 : 1 }, () => deliver(message(true))),
    )
    for (const answer of answers) {
      expect2xx(answer, `paid ${order.orderId}`)
      if (answer?.status !== 200) complain(`Tilda was answered with ${answer?.status}`)
    }
  }

  async function register(email: string, phone?: string): Promise<void> {
    registrations.set(email, 'accepted')
    expect2xx(
      await deliver(
        action('register_user', { email, ...(phone === undefined ? {} : { phone }), name: 'Анна' }),
      ),
      `registration of ${email}`,
    )
  }

  /** With repeats of known orders, a line twice, and one that cannot be read. */
  async function buyMany(): Promise<void> {
    const fresh = Array.from({ length: 5 + random.below(40) }, () => newOrder(random.pick(known).email))
    const repeated = [...orders.values()]
      .filter(
        ({ paid, storefront, spend }) => paid === 'accepted' && storefront === 'api' && spend === 'none',
      )
      .slice(-2)
    for (const order of fresh) order.paid = 'accepted'
    const lines: object[] = [...fresh, ...repeated, fresh[0]!].map(purchaseOf)
    const answer = await deliver(
      action('batch_purchase', {
        purchases: [...lines, { email: 'x@shop.test', amount: 'much', orderId: 'bad' }],
      }),
    )
    expect2xx(answer, 'a batch')
    const statuses = answer?.body.lines?.map(({ status }) => status) ?? []
    counts.lines += statuses.length
    if (
      statuses.pop() !== 'rejected' ||
      statuses.some((status) => status !== 'accepted' && status !== 'processed')
    )
      complain(`a batch was answered with ${JSON.stringify(answer)}`)
  }

  async function act(): Promise<void> {
    const dice = random.below(100)
    if (dice < 45) await buy(random.pick(known).email)
    else if (dice < 60) await checkOut(random.pick(known))
    else if (dice < 75) await buyAtTilda(random.pick(known).email)
    else if (dice < 80) await buyMany()
    else if (dice < 85) await register(random.pick(known).email)
    else if (dice < 90) await register(`new${serial++}@shop.test`)
    else {
      // Nobody knows this customer yet, and several orders bring it at once.
      const email = `guest${serial++}@shop.test`
      await Promise.all([buy(email), buy(email), buyAtTilda(email)])
    }
  }

  return {
    orders,
    registrations,
    acceptedIds,
    counts,
    complaints,
    begin: () => Promise.all(known.map(({ email, phone }) => register(email, phone))),
    async run(shoppers: number, isOver: () => boolean): Promise<void> {
      await Promise.all(
        Array.from({ length: shoppers }, async () => {
          while (!isOver()) {
            await act()
            await delay(random.below(40))
          }
        }),
      )
    },
  }
}
