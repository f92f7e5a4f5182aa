import type { components } from '@tapline/openapi'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewInboxItem } from '../src/inbox/inbox-item.ts'
import { createPool } from '../src/postgres/pool.ts'
import { sqlOf, sqlOfPool, unitOfWork as unitOfWorkOn, type Sql } from '../src/postgres/sql.ts'
import type { UnitOfWork } from '../src/kernel/transaction.ts'
import { newId } from '../src/vault/new-id.ts'
import { eventually, startTapline, type Answer, type Shop, type Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']
type Merge = Schemas['Merge'] & { code?: string; details?: Record<string, unknown> }
type Customer = Schemas['Customer']
type Export = Schemas['CustomerExport']
type Erased = { id: string; erasedAt: string; waitingItems: number; code?: string }

let tapline: Tapline
let shop: Shop
let sql: Sql
let unitOfWork: UnitOfWork
let closeSql: () => Promise<void>

beforeAll(async () => {
  tapline = await startTapline()
  shop = await tapline.createShop({ name: 'Identity' }, { basePercent: 10 })
  await shop.put('/v1/integrations/telegram', { token: tapline.telegram.tokens[0] })
  const pool = createPool({ url: tapline.databaseUrl, max: 3, name: 'tests', onIdleError: () => undefined })
  sql = sqlOfPool(pool)
  unitOfWork = unitOfWorkOn(pool)
  closeSql = () => pool.end()
})
afterAll(async () => {
  await closeSql()
  await tapline.stop()
})

const wait = { prefer: 'wait=10' }
const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }
const NOBODY = 'cus_00000000000000000000000000'

let count = 0
const unique = (name: string) => `${name}${++count}`
const send = <Body>(of: Shop, method: string, path: string, body?: unknown) =>
  tapline.call<Body>(method, path, of.secretKey, body)
const merge = (into: string, from: string, of = shop) =>
  send<Merge>(of, 'POST', `/v1/customers/${into}/merge`, { from })
const undo = (mergeId: string, of = shop) => send<Merge>(of, 'POST', `/v1/merges/${mergeId}/undo`)
const erase = (id: string, of = shop) => send<Erased>(of, 'DELETE', `/v1/customers/${id}`)
const read = async (id: string) => (await shop.get<Customer>(`/v1/customers/${id}`)).body
const exported = async (id: string) => (await shop.get<Export>(`/v1/customers/${id}/export`)).body

async function register(payload: Record<string, unknown>, of = shop): Promise<string> {
  const { body } = await of.post({ action: 'register_user', payload }, wait)
  return (body.result as { customerId: string }).customerId
}
const buy = (payload: Record<string, unknown>, of = shop) =>
  of.post({ action: 'purchase', payload: { amount: 100, orderId: unique('order'), ...payload } }, wait)
const buyerOf = async (payload: Record<string, unknown>) => {
  const { body } = await buy(payload)
  return body.result?.customerId ?? body.code
}
const eventsOf = (customerId: string) =>
  sql.query<{ type: string; payload: object }>(
    `select type, payload from outbox_events where project_id = $1 and payload ->> 'customerId' = $2 and type like 'customer.%' order by id`,
    [shop.id, customerId],
  )

async function two() {
  const [a, b] = [unique('a'), unique('b')]
  const from = await register({
    email: `${a}@shop.test`,
    externalId: `ext-${a}`,
    name: 'Anna',
    telegramId: 77,
  })
  const into = await register({ email: `${b}@shop.test`, externalId: `ext-${b}`, locale: 'kk' })
  return { a, b, from, into }
}

describe('a merge', () => {
  it('makes one customer of two, known by all that both were known by', async () => {
    const { a, b, from, into } = await two()
    const { status, body } = await merge(into, from)
    expect({ status, body }).toMatchObject({
      status: 200,
      body: { from, into, reason: null, undoneAt: null },
    })

    const customer = await read(from)
    expect(customer).toMatchObject({
      id: into,
      emails: [`${a}@shop.test`, `${b}@shop.test`],
      externalIds: [`ext-${a}`, `ext-${b}`],
      name: 'Anna',
      telegramId: '77',
      locale: 'kk',
      mergedFrom: [from],
      erasedAt: null,
    })
    expect(await read(into)).toEqual(customer)
    expect(await shop.customer({ email: `${a}@shop.test` })).toEqual(customer)
    const { body: listed } = await shop.get<{ data: Customer[] }>('/v1/customers?limit=200')
    const ids = listed.data.map(({ id }) => id)
    expect([ids.includes(into), ids.includes(from)]).toEqual([true, false])
    expect((await shop.get(`/v1/customers/${from}/entries`)).status).toBe(200)

    expect(await buyerOf({ externalId: `ext-${a}` })).toBe(into)
    expect(await buyerOf({ externalId: `ext-${b}`, email: `${a}@shop.test` })).toBe(into)
    expect(await buyerOf({ externalId: 'another', email: `${a}@shop.test` })).toBe('customer-conflict')

    const event = { type: 'customer.merged', payload: { customerId: into, from, mergeId: body.id } }
    expect(await eventsOf(into)).toContainEqual(event)
    const audit = await tapline.admin<{ data: { action: string; details: object }[] }>(
      'GET',
      `/admin/v1/projects/${shop.id}/audit`,
    )
    expect(audit.body.data).toContainEqual(
      expect.objectContaining({
        action: 'customer.merged',
        details: { customerId: into, from, mergeId: body.id },
      }),
    )
    const merges = await shop.get<{ data: Merge[] }>(`/v1/merges?customerId=${from}`)
    expect(merges.body.data).toEqual([body])
  })

  it('is undone exactly: what moved goes back, what came since stays', async () => {
    const { a, b, from, into } = await two()
    const before = [await read(from), await read(into)]
    const { body } = await merge(into, from)
    await register({ email: `${a}@shop.test`, phone: '+79001112233' })
    const undone = await undo(body.id)
    expect(undone).toMatchObject({ status: 200, body: { id: body.id, from, into } })
    expect(undone.body.undoneAt).not.toBeNull()
    expect(await read(from)).toEqual(before[0])
    expect(await read(into)).toEqual({ ...before[1], phones: ['+79001112233'] })
    expect(await buyerOf({ email: `${a}@shop.test` })).toBe(from)
    expect(await buyerOf({ email: `${b}@shop.test` })).toBe(into)
    expect((await undo(body.id)).body).toEqual(undone.body)
    const types = (await eventsOf(into)).map(({ type }) => type)
    expect(types).toEqual(['customer.created', 'customer.merged', 'customer.merge-undone'])
  })

  it('leaves a profile that was changed since as it is', async () => {
    const { b, from, into } = await two()
    const { body } = await merge(into, from)
    await register({ email: `${b}@shop.test`, name: 'Vera' })
    await undo(body.id)
    expect(await read(into)).toMatchObject({ name: 'Vera', telegramId: null, locale: 'kk' })
  })

  it('follows a chain, and is undone from its end', async () => {
    const [first, second] = [await two(), await two()]
    const { from: a, into: b } = first
    const { from: d, into: c } = second
    const one = (await merge(b, a)).body
    const other = (await merge(c, b)).body
    expect(other).toMatchObject({ from: b, into: c })
    // Into the first of the chain means into its end.
    const third = (await merge(a, d)).body
    expect(third).toMatchObject({ from: d, into: c })
    expect((await read(a)).id).toBe(c)
    expect((await read(c)).mergedFrom).toEqual([a, b, d].sort())
    expect((await undo(one.id)).body).toMatchObject({
      code: 'merge-not-newest',
      details: { mergeId: other.id },
    })
    expect((await undo(other.id)).body).toMatchObject({
      code: 'merge-not-newest',
      details: { mergeId: third.id },
    })
    for (const { id } of [third, other, one]) expect((await undo(id)).status).toBe(200)
    for (const id of [a, b, c, d]) expect(await read(id)).toMatchObject({ id, mergedFrom: [] })
  })

  it('is refused where it means nothing', async () => {
    const { from, into } = await two()
    const { from: third } = await two()
    const code = async (answer: Promise<Answer<Merge>>) => {
      const { status, body } = await answer
      return [status, body.code]
    }
    expect(await code(merge(into, into))).toEqual([422, 'merge-same-customer'])
    expect(await code(merge(into, NOBODY))).toEqual([404, 'customer-not-found'])
    expect(await code(merge(NOBODY, from))).toEqual([404, 'customer-not-found'])
    expect(await code(undo('mrg_00000000000000000000000000'))).toEqual([404, 'merge-not-found'])
    await merge(into, from)
    expect((await merge(third, from)).body).toMatchObject({
      status: 409,
      code: 'customer-merged',
      details: { into },
    })
    expect(await code(merge(from, into))).toEqual([422, 'merge-same-customer'])
    await erase(into)
    expect(await code(merge(into, third))).toEqual([409, 'customer-erased'])
    expect(await code(merge(third, into))).toEqual([409, 'customer-erased'])
    expect(await read(third)).toMatchObject({ id: third, mergedFrom: [] })
  })

  it('leaves no half of itself when it breaks in the middle', async () => {
    const { from, into } = await two()
    const before = await read(from)
    await sql.query(`alter table merges add constraint planted check (from_id <> '${from}')`)
    expect((await merge(into, from)).status).toBe(500)
    await sql.query(`alter table merges drop constraint planted`)
    expect(await read(from)).toEqual(before)
  })

  it('never reaches across projects', async () => {
    const theirs = await tapline.createShop({ name: 'Theirs' })
    const stranger = await register({ email: 'stranger@shop.test' }, theirs)
    const { from, into } = await two()
    expect((await merge(into, stranger)).body.code).toBe('customer-not-found')
    expect((await merge(stranger, from)).body.code).toBe('customer-not-found')
    expect((await merge(stranger, from, theirs)).body.code).toBe('customer-not-found')
    const { body } = await merge(into, from)
    expect((await undo(body.id, theirs)).body.code).toBe('merge-not-found')
    expect((await theirs.get<{ data: Merge[] }>('/v1/merges')).body.data).toEqual([])
    expect((await erase(into, theirs)).body.code).toBe('customer-not-found')
    expect((await theirs.get(`/v1/customers/${into}/export`)).status).toBe(404)
    const planted = sql.query(`update customers set merged_into = $1 where project_id = $2 and id = $3`, [
      stranger,
      shop.id,
      into,
    ])
    await expect(planted).rejects.toThrow('foreign key')
  })
})

describe('merges at the same time', () => {
  it('of two customers into each other: one of them', async () => {
    for (let round = 0; round < 5; round++) {
      const { from: a, into: b } = await two()
      const answers = await Promise.all([merge(a, b), merge(b, a), merge(a, b), merge(b, a)])
      expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1)
      const { into } = answers.find(({ status }) => status === 200)!.body
      for (const id of [a, b]) expect((await read(id)).id).toBe(into)
    }
  })

  it('undone twice at once: undone once', async () => {
    const { from, into } = await two()
    const { id } = (await merge(into, from)).body
    const answers = await Promise.all(Array.from({ length: 4 }, () => undo(id)))
    expect(new Set(answers.map(({ body }) => body.undoneAt)).size).toBe(1)
    expect((await eventsOf(into)).filter(({ type }) => type === 'customer.merge-undone')).toHaveLength(1)
  })

  it('as an order that found the customer before: the order waits and goes to who the customer is then', async () => {
    const { a, from, into } = await two()
    let ordered: Promise<unknown> | undefined
    await unitOfWork(async (transaction) => {
      const on = sqlOf(transaction)
      await on.query(`select 1 from customers where project_id = $1 and id = any($2) for update`, [
        shop.id,
        [from, into],
      ])
      await on.query(`update identities set customer_id = $3 where project_id = $1 and customer_id = $2`, [
        shop.id,
        from,
        into,
      ])
      await on.query(`update customers set merged_into = $3 where project_id = $1 and id = $2`, [
        shop.id,
        from,
        into,
      ])
      ordered = buyerOf({ email: `${a}@shop.test` })
      await eventually(
        () =>
          sql.query(
            `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%key share%'`,
          ),
        (rows) => rows.length > 0,
      )
    })
    expect(await ordered).toBe(into)
  })

  it('as orders of both: each order counts once, and nobody is given what is merged', async () => {
    const { a, b, from, into } = await two()
    const orders = Array.from({ length: 40 }, (_, at) =>
      buyerOf({
        email: `${at % 2 === 0 ? a : b}@shop.test`,
        phone: `+7900${at % 2}00${at + 1000}`.slice(0, 12),
      }),
    )
    const merged = (async () => {
      for (let round = 0; round < 4; round++) {
        const { body } = await merge(into, from)
        if (round < 3) await undo(body.id)
      }
    })()
    const buyers = await Promise.all(orders)
    await merged
    expect(new Set(buyers)).toSatisfy((ids: Set<string>) =>
      [...ids].every((id) => id === from || id === into),
    )
    const [row] = await sql.query<{ count: number }>(
      `select count(*)::int as count from orders where project_id = $1 and customer_id = any($2)`,
      [shop.id, [from, into]],
    )
    expect(row!.count).toBe(40)
    const lost = await sql.query(
      `select i.value from identities i join customers c on c.project_id = i.project_id and c.id = i.customer_id
       where c.merged_into is not null or c.erased_at is not null`,
    )
    expect(lost).toEqual([])
  })
})

describe('an erasure', () => {
  const person = {
    email: 'zinaida.needle@shop.test',
    phone: '+79995550143',
    externalId: 'ext-needle-143',
    name: 'Зинаида Иголкина',
    telegramId: 900500143,
    birthday: '1987-11-03',
  }
  const needles = ['zinaida', 'needle', 'Иголкина', '9995550143', '900500143', '1987-11-03', '555-01-43']

  /** Every place of every table where a text, a list or a document mentions one of them. */
  async function places(wanted = needles): Promise<string[]> {
    const columns = await sql.query<{ table: string; column: string }>(
      `select table_name as "table", column_name as "column" from information_schema.columns
       where table_schema = 'public' and data_type in ('text', 'jsonb', 'json', 'ARRAY', 'character varying', 'date', 'bigint')`,
    )
    expect(columns.length).toBeGreaterThan(100)
    const found: string[] = []
    for (const { table, column } of columns) {
      const rows = await sql.query<{ value: string }>(
        `select "${column}"::text as value from "${table}" where exists (select from unnest($1::text[]) as needle
           where strpos(lower("${column}"::text), lower(needle)) > 0)`,
        [wanted],
      )
      found.push(...rows.map(({ value }) => `${table}.${column}: ${value.slice(0, 200)}`))
    }
    return found
  }

  const itemOf = (orderId: string, more: Partial<NewInboxItem> = {}): NewInboxItem => ({
    status: 'accepted',
    projectId: shop.id,
    id: newId('inboxItem'),
    format: 'standard',
    action: 'purchase',
    storefront: 'api',
    orderId,
    claimKey: `purchase:api:${orderId}`,
    contacts: [`email:${person.email}`],
    body: JSON.stringify(person),
    receivedAt: new Date(),
    command: {
      kind: 'purchase',
      storefront: 'api',
      orderId,
      contact: { email: person.email },
      amountMinor: 10_000,
      currency: 'RUB',
      paid: true,
      lines: [],
      name: person.name,
    },
    ...more,
  })

  it('leaves nothing of a person in any table, and the books whole', async () => {
    const customerId = await register(person)
    const { email, phone, name, externalId } = person
    await buy({ externalId, name })
    await buy({ email, orderId: 'needed', amount: 1000, name })
    await shop.post({ action: 'spend_bonuses', payload: { phone, amount: 10, orderId: 'spent' } })
    await buy({ email, orderId: 'needed', amount: 1000, name }) // comes again
    await buy({ email, orderId: 'needed', amount: 2000, name }) // contradicts
    await buy({ email, amount: 'many', name }) // is turned away
    await shop.post({
      action: 'batch_purchase',
      payload: {
        purchases: [
          { email, name, amount: 10, orderId: 'line-1' },
          { email: 'other@shop.test', amount: 10, orderId: 'line-2' },
          { phone, amount: 'many', orderId: 'line-3' },
        ],
      },
    }, wait) // prettier-ignore
    const payment = { sys: 'cloudpayments', systranid: '1', amount: '10', products: ['x=10'] }
    const fields = {
      Name: name,
      Email: email.toUpperCase(),
      Phone: '8 (999) 555-01-43',
      formid: 'f',
      formname: 'Cart',
    }
    const tilda = (body: string, headers: Record<string, string> = FORM) =>
      tapline.call('POST', shop.webhookUrl, undefined, body, headers)
    await tilda(
      new URLSearchParams({ ...fields, payment: JSON.stringify({ ...payment, orderid: 'T1' }) }).toString(),
    )
    await tilda(
      new URLSearchParams({
        ...fields,
        'payment[orderid]': 'T2',
        'payment[amount]': '10',
        'payment[systranid]': '1',
        'payment[sys]': 'cloudpayments',
      }).toString(),
    )
    await tilda(JSON.stringify([{ ...fields, payment: { ...payment, orderid: 'T3' } }]), {
      'content-type': 'application/json',
    })
    await tilda(new URLSearchParams(fields).toString()) // without an order
    await tilda(`{"action":"purchase","payload":{"email":"zinaida\\u002eneedle\\u0040shop.test"}}`, {
      'content-type': 'application/json',
    })
    await tapline.app.inbox.append([
      itemOf('dead', { status: 'dead' }),
      itemOf('failing', {
        command: {
          ...(itemOf('').command as object),
          orderId: 'failing',
          contact: { phone },
          amountMinor: 0.5,
        },
        contacts: [`phone:${phone}`],
      }),
    ])
    const { from: another } = await two()
    const absorbed = await merge(customerId, another)
    await tapline.app.wake(shop.id)
    await eventually(
      () =>
        sql.query<{ status: string }>(
          `select status from inbox_items where status in ('ignored', 'rejected', 'flagged') or attempts > 0`,
        ),
      (rows) => rows.length >= 5,
    )
    // The channel sends one at a time: by the first that is sent, others wait.
    await eventually(
      () => sql.query(`select 1 from notices where customer_id = $1 and status = 'sent'`, [customerId]),
      (rows) => rows.length >= 1,
    )
    await sql.query(
      `update notices set next_attempt_at = now() + interval '1 hour' where customer_id = $1 and status = 'waiting'`,
      [customerId],
    )
    const tables = new Set((await places()).map((place) => place.split(':')[0]))
    for (const place of [
      'customers.name',
      'identities.value',
      'inbox_items.body',
      'inbox_items.command',
      'inbox_items.contacts',
      'notices.address',
    ])
      expect(tables).toContain(place)
    const { body: standing } = await shop.get<Customer>(`/v1/customers/${customerId}`)

    const erased = await erase(customerId)
    expect(erased).toMatchObject({ status: 200, body: { id: customerId, waitingItems: 1 } })

    // What waits keeps its contacts: nothing accepted is lost.
    const [waiting] = await sql.query<{ id: string; contacts: string[] }>(
      `select id, contacts from inbox_items where status = 'accepted' and project_id = $1`,
      [shop.id],
    )
    expect(waiting!.contacts).toEqual([`phone:${phone}`])
    await sql.query(
      `update inbox_items set contacts = '{}', command = null, body = null where project_id = $1 and id = $2`,
      [shop.id, waiting!.id],
    )
    expect(await places()).toEqual([])

    expect((await erase(customerId)).body).toEqual({ ...erased.body, waitingItems: 0 })
    expect(await read(customerId)).toMatchObject({
      ...standing,
      // Nobody is left who could spend them.
      bonuses: { ...standing.bonuses, available: '0.00' },
      emails: [],
      phones: [],
      externalIds: [],
      name: null,
      birthday: null,
      telegramId: null,
      locale: null,
      erasedAt: erased.body.erasedAt,
    })
    expect(await tapline.app.loyalty.verifyBooks(shop.id, customerId)).toEqual([])
    expect((await undo(absorbed.body.id)).body).toMatchObject({ code: 'customer-erased' })
    expect((await erase(another)).body).toMatchObject({ erasedAt: erased.body.erasedAt })
    expect(await sql.query(`select 1 from notices where customer_id = $1 and status = 'waiting'`, [customerId])).toEqual([]) // prettier-ignore
    const audit = await sql.query(
      `select details from audit_log where project_id = $1 and action = 'customer.erased'`,
      [shop.id],
    )
    expect(audit).toContainEqual({ details: { customerId } })
    expect(await eventsOf(customerId)).toContainEqual({ type: 'customer.erased', payload: { customerId } })

    // The log keeps what it is about, without whom.
    const log = await shop.get<{ data: { id: string; status: string; orderId: string }[] }>(
      '/v1/inbox?orderId=dead',
    )
    const dead = log.body.data[0]!
    expect((await send<{ code: string }>(shop, 'POST', `/v1/inbox/${dead.id}/replay`)).body.code).toBe(
      'inbox-item-erased',
    )
    const again = await buy({ email, orderId: 'needed', amount: 1000 })
    expect(again.body).toMatchObject({ status: 'processed', repeated: true, result: { customerId } })
    expect((await buy({ email, orderId: 'needed', amount: 1001 })).body.code).toBe('order-conflict')

    const later = await buy({ email, orderId: 'dead' })
    expect(later.body).toMatchObject({ status: 'processed' })
    const newcomer = (later.body.result as { customerId: string }).customerId
    expect(newcomer).not.toBe(customerId)
    expect((await shop.customer({ email })).id).toBe(newcomer)
  })

  it('comes after what was sent before it', async () => {
    const email = `${unique('early')}@shop.test`
    const customerId = await register({ email })
    const sent = Array.from({ length: 20 }, () => unique('early'))
    await Promise.all(
      sent.map((orderId) => shop.post({ action: 'purchase', payload: { email, amount: 10, orderId } })),
    )
    expect((await erase(customerId)).body.waitingItems).toBe(0)
    expect(await places([email])).toEqual([])
    expect(await read(customerId)).toMatchObject({ ordersCount: 20 })
  })

  it('at the same time as orders: none is counted for who was erased and keeps the contact', async () => {
    for (let round = 0; round < 3; round++) {
      const email = `${unique('race')}@shop.test`
      const customerId = await register({ email })
      const buyers = Array.from({ length: 30 }, () => buyerOf({ email }))
      await erase(customerId)
      await Promise.all(buyers)
      const kept = await sql.query(
        `select id from inbox_items where project_id = $1 and $2 = any(contacts) and result ->> 'customerId' = $3`,
        [shop.id, `email:${email}`, customerId],
      )
      expect(kept).toEqual([])
    }
  })

  it('and a notice at the same time: none is written to who was erased', async () => {
    const customerId = await register({ email: `${unique('n')}@shop.test`, telegramId: 4242 })
    let reached: Promise<unknown> | undefined
    await unitOfWork(async (transaction) => {
      await sqlOf(transaction).query(`select 1 from customers where project_id = $1 and id = $2 for update`, [
        shop.id,
        customerId,
      ])
      await sqlOf(transaction).query(
        `update customers set telegram_id = null, erased_at = now() where project_id = $1 and id = $2`,
        [shop.id, customerId],
      )
      reached = unitOfWork((other) => tapline.app.customers.reach(other, shop.id, customerId))
      await eventually(
        () =>
          sql.query(
            `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%telegramUnreachable%'`,
          ),
        (rows) => rows.length > 0,
      )
    })
    expect(await reached).toMatchObject({ telegramId: null })
  })

  it('of a merged customer is asked of the one that it became', async () => {
    const { a, b, from, into } = await two()
    await merge(into, from)
    expect((await erase(from)).body).toMatchObject({ code: 'customer-merged', details: { into } })
    expect((await erase(into)).status).toBe(200)
    expect(await places([`${a}@`, `${b}@`, `ext-${a}`, `ext-${b}`])).toEqual([])
    const [row] = await sql.query(
      `select name, telegram_id as "telegramId", erased_at is not null as erased from customers where id = $1`,
      [from],
    )
    expect(row).toEqual({ name: null, telegramId: null, erased: true })
    expect((await erase(NOBODY)).body.code).toBe('customer-not-found')
  })
})

describe('an export', () => {
  it('holds everything of a customer and of who was merged into it, and nothing of others', async () => {
    const { a, b, from, into } = await two()
    await buyerOf({ email: `${a}@shop.test` })
    await buyerOf({ email: `${b}@shop.test` })
    await eventually(
      // Written is enough: the chat is shared with other tests, and gets one a second.
      () => sql.query(`select 1 from notices where customer_id = $1`, [from]),
      (rows) => rows.length > 0,
    )
    const { body } = await merge(into, from)
    const document = await exported(from)
    expect(document).toMatchObject({
      customer: { id: into, name: 'Anna', mergedFrom: [from] },
      merges: [body],
      merged: [{ id: from, name: 'Anna', telegramId: '77' }],
    })
    expect(document.identities.map(({ value }) => value).sort()).toEqual(
      [`${a}@shop.test`, `${b}@shop.test`, `ext-${a}`, `ext-${b}`].sort(),
    )
    expect(document.sections.inbox).toMatchObject({ truncated: false })
    expect((document.sections.inbox as { items: unknown[] }).items).toHaveLength(4)
    expect((document.merged[0]!.sections.notices as { notices: unknown[] }).notices).not.toEqual([])
    const others = await two()
    const text = JSON.stringify(document)
    expect(text).not.toContain(`${others.a}@`)
    expect(JSON.stringify(await exported(others.into))).not.toContain(`${a}@`)
  })
})

describe('questions of other contexts', () => {
  it('who looks like one person', async () => {
    const name = unique('plus')
    const [one, tagged, other] = [
      await register({ email: `${name}@shop.test` }),
      await register({ email: `${name}+friend@shop.test` }),
      await register({ email: `${unique('other')}@shop.test` }),
    ] as const
    const [from, into] = [
      await register({ phone: '+79004440001' }),
      await register({ phone: '+79004440002' }),
    ]
    await merge(into, from)
    const ask = (pairs: { a: string; b: string }[]) =>
      unitOfWork((transaction) => tapline.app.customers.alike(transaction, shop.id, pairs))
    expect(
      await ask([
        { a: one, b: tagged },
        { a: one, b: other },
        { a: from, b: into },
        { a: one, b: NOBODY },
      ]),
    ).toEqual([true, false, true, false])
    expect(await ask([])).toEqual([])
  })

  it('who was born on a day', async () => {
    const born = (birthday: string) => register({ email: `${unique('born')}@shop.test`, birthday })
    const leap = await born('1992-02-29')
    const usual = await born('1991-02-28')
    const merged = await born('1990-02-28')
    const erased = await born('1989-02-28')
    await born('1991-03-01')
    await merge(usual, merged)
    await erase(erased)
    const { bornOn } = tapline.app.customers
    expect(await bornOn(shop.id, ['02-28'], 10)).toEqual([usual])
    expect(await bornOn(shop.id, ['02-28', '02-29'], 10)).toEqual([leap, usual].sort())
    expect(await bornOn(shop.id, ['02-28', '02-29'], 1)).toEqual([leap, usual].sort().slice(0, 1))
    expect(await bornOn(shop.id, ['02-28', '02-29'], 1, leap)).toEqual([usual])
    expect(() => bornOn(shop.id, ['2-9'], 1)).toThrow('MM-DD')
  })
})
