import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPool } from '../src/postgres/pool.ts'
import { sqlOfPool, type Sql } from '../src/postgres/sql.ts'
import { startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

let tapline: Tapline
let ours: Shop
let theirs: Shop
let sql: Sql
let closeSql: () => Promise<void>
let ourItem: string
let ourCustomer: string
let theirCustomer: string

const wait = { prefer: 'wait=10' }
const contact = { email: 'anna@shop.test', phone: '+79001234567', externalId: '7' }

beforeAll(async () => {
  tapline = await startTapline()
  ours = await tapline.createShop({ name: 'Ours' })
  theirs = await tapline.createShop({ name: 'Theirs' })
  const pool = createPool({ url: tapline.databaseUrl, max: 1, name: 'tests', onIdleError: () => undefined })
  sql = sqlOfPool(pool)
  closeSql = () => pool.end()
  ourItem = (
    await ours.post({ action: 'purchase', payload: { ...contact, amount: 1000, orderId: 'same' } }, wait)
  ).body.id
  await theirs.post({ action: 'purchase', payload: { ...contact, amount: 3000, orderId: 'same' } }, wait)
  await ours.post(
    { action: 'purchase', payload: { email: 'only-ours@shop.test', amount: 1000, orderId: 'only-ours' } },
    wait,
  )
  ourCustomer = (await ours.customer({ email: contact.email })).id
  theirCustomer = (await theirs.customer({ email: contact.email })).id
})
afterAll(async () => {
  await closeSql()
  await tapline.stop()
})

describe('two projects with the same customer and the same order id', () => {
  it('have two customers and two orders', async () => {
    expect(ourCustomer).not.toBe(theirCustomer)
    for (const one of [
      { email: contact.email },
      { phone: contact.phone },
      { externalId: contact.externalId },
    ]) {
      expect(await ours.customer(one)).toMatchObject({
        id: ourCustomer,
        totalSpent: '1000.00',
        bonuses: { available: '50.00' },
      })
      expect(await theirs.customer(one)).toMatchObject({
        id: theirCustomer,
        totalSpent: '3000.00',
        bonuses: { available: '150.00' },
      })
    }
    expect((await ours.get('/v1/orders/same')).body).toMatchObject({
      amount: '1000.00',
      customerId: ourCustomer,
    })
    expect((await theirs.get('/v1/orders/same')).body).toMatchObject({
      amount: '3000.00',
      customerId: theirCustomer,
    })
  })

  it('spend their own bonuses only', async () => {
    const spend = await ours.post({
      action: 'spend_bonuses',
      payload: { email: contact.email, amount: 51, orderId: 'greedy', orderAmount: 1000 },
    })
    expect(spend).toMatchObject({
      status: 422,
      body: { code: 'insufficient-bonuses', details: { available: '50.00' } },
    })
  })

  it('do not take a referral code of the other', async () => {
    const { referralCode } = await ours.customer({ email: contact.email })
    await theirs.post(
      {
        action: 'purchase',
        payload: { email: 'friend@shop.test', amount: 1000, orderId: 'friend', referralCode },
      },
      wait,
    )
    expect(await theirs.customer({ email: 'friend@shop.test' })).toMatchObject({ referredBy: null })
    expect((await theirs.get('/v1/orders/friend')).body).toMatchObject({ flags: ['referral-code-unknown'] })
  })
})

describe("a project's key", () => {
  it.each([
    ['a customer', () => `/v1/customers/${ourCustomer}`],
    ['the entries of a customer', () => `/v1/customers/${ourCustomer}/entries`],
    ['an order', () => '/v1/orders/only-ours'],
    ['an item of the inbox', () => `/v1/inbox/${ourItem}`],
  ])('finds %s of its own project and none of another', async (_, path) => {
    expect((await ours.get(path())).status).toBe(200)
    expect((await theirs.get(path())).status).toBe(404)
  })

  it('lists nothing of another project', async () => {
    for (const path of [
      '/v1/customers?limit=200',
      '/v1/customers?email=only-ours@shop.test',
      '/v1/inbox?limit=200',
      '/v1/inbox?orderId=only-ours',
    ]) {
      expect(JSON.stringify((await ours.get(path)).body)).toContain('only-ours')
      const { status, body } = await theirs.get(path)
      expect(status).toBe(200)
      expect(JSON.stringify(body)).not.toContain('only-ours')
      expect(JSON.stringify(body)).not.toContain(ourCustomer)
    }
  })

  it('neither replays nor changes what is of another project', async () => {
    expect((await tapline.call('POST', `/v1/inbox/${ourItem}/replay`, theirs.secretKey)).status).toBe(404)
    expect((await theirs.put('/v1/orders/only-ours', { status: 'paid' })).status).toBe(404)
  })

  it('opens neither with the publishable key nor with secrets of another kind', async () => {
    for (const secret of [ours.publishableKey, ours.webhookSecret, ours.signingSecret, ours.tildaApiKey]) {
      expect((await tapline.call('GET', '/v1/customers', secret)).status).toBe(401)
    }
  })
})

describe('the database', () => {
  const refusedBy = async (text: string, values: unknown[]) => {
    const error = await sql.query(text, values).then(() => undefined, (failed: { code: string }) => failed) // prettier-ignore
    return error?.code
  }
  const FOREIGN_KEY = '23503'
  const RESTRICT = '23001'

  it('refuses a reference from one project to another', async () => {
    const [ourOrder] = await sql.query<{ id: string }>(`select id from orders where project_id = $1`, [
      ours.id,
    ])
    const attempts: [string, unknown[]][] = [
      [
        `insert into identities (project_id, kind, value, customer_id) values ($1, 'email', 'thief@shop.test', $2)`,
        [theirs.id, ourCustomer],
      ],
      [
        `insert into accounts (project_id, customer_id, referral_code) values ($1, $2, 'THIEF')`,
        [theirs.id, ourCustomer],
      ],
      [
        `update accounts set referred_by = $3 where project_id = $1 and customer_id = $2`,
        [theirs.id, theirCustomer, ourCustomer],
      ],
      [
        `insert into orders (project_id, storefront, order_id, id, customer_id, status, currency, created_at) values ($1, 'api', 'stolen', 'ord_x', $2, 'paid', 'RUB', now())`,
        [theirs.id, ourCustomer],
      ],
      [`update orders set referrer_id = $2 where project_id = $1`, [theirs.id, ourCustomer]],
      [`update lots set customer_id = $2 where project_id = $1`, [theirs.id, ourCustomer]],
      [`update lots set order_ref = $2 where project_id = $1`, [theirs.id, ourOrder!.id]],
      [`update lots set project_id = $1 where project_id = $2`, [theirs.id, ours.id]],
      [
        `insert into entries (project_id, customer_id, sequence, id, kind, reason, amount_minor, movements, details, occurred_at, previous_hash, hash)
         values ($1, $2, 9, 'ent_x', 'adjust', 'theft', 100, '[]', '{}', now(), '', '')`,
        [theirs.id, ourCustomer],
      ],
      [
        `insert into notices (project_id, id, lane, event_id, customer_id, channel, address, text) values ($1, 'ntc_x', 0, 'evt_x', $2, 'telegram', '1', 'hello')`,
        [theirs.id, ourCustomer],
      ],
    ]
    for (const [text, values] of attempts)
      expect([text, await refusedBy(text, values)]).toEqual([text, FOREIGN_KEY])
  })

  it('refuses one in the chat too', async () => {
    const ask = async <Body>(of: Shop, path: string, body: object) =>
      (await tapline.call<Body & { id: string }>('POST', path, of.secretKey, body)).body
    const [ourBot, theirBot] = [
      await ask(ours, '/v1/chat-participants', { bot: { name: 'Bot' } }),
      await ask(theirs, '/v1/chat-participants', { bot: { name: 'Bot' } }),
    ]
    expect(ourBot.id).not.toBe(theirBot.id)
    const ourAgent = await ask<{ participantId: string }>(ours, '/v1/agents', { name: 'Olga' })
    for (const [of, bot] of [
      [ours, ourBot],
      [theirs, theirBot],
    ] as const) {
      await sql.query(`insert into conversations (project_id, id, lane) values ($1, $2, 0)`, [
        of.id,
        `cnv_${of.id}`,
      ])
      await sql.query(
        `insert into conversation_participants (project_id, conversation_id, participant_id) values ($1, $2, $3)`,
        [of.id, `cnv_${of.id}`, bot.id],
      )
    }
    const attempts: [string, unknown[]][] = [
      [
        `insert into chat_participants (project_id, id, kind, customer_id) values ($1, 'par_x', 'customer', $2)`,
        [theirs.id, ourCustomer],
      ],
      [
        `update chat_participants set merged_into = $3 where project_id = $1 and id = $2`,
        [theirs.id, theirBot.id, ourBot.id],
      ],
      [
        `insert into conversation_participants (project_id, conversation_id, participant_id) values ($1, $2, $3)`,
        [theirs.id, `cnv_${theirs.id}`, ourBot.id],
      ],
      [
        `insert into conversation_participants (project_id, conversation_id, participant_id) values ($1, $2, $3)`,
        [theirs.id, `cnv_${ours.id}`, theirBot.id],
      ],
      [
        `insert into messages (project_id, conversation_id, sequence, id, sender_id, client_id, created_at)
         values ($1, $2, 1, 'msg_x', $3, 'c', now())`,
        [theirs.id, `cnv_${ours.id}`, ourBot.id],
      ],
      [
        `insert into agents (project_id, id, participant_id, name) values ($1, 'agt_x', $2, 'Thief')`,
        [theirs.id, ourAgent.participantId],
      ],
      [
        `insert into agent_directory (hash, project_id, agent_id) values ('\\x00', $1, $2)`,
        [theirs.id, ourAgent.id],
      ],
    ]
    for (const [text, values] of attempts)
      expect([text, await refusedBy(text, values)]).toEqual([text, FOREIGN_KEY])
  })

  it('lets no ledger entry be changed or removed', async () => {
    const before = await sql.query(`select * from entries order by project_id, customer_id, sequence`)
    expect(before.length).toBeGreaterThan(2)
    expect(
      await refusedBy(`update entries set amount_minor = amount_minor + 1 where project_id = $1`, [ours.id]),
    ).toBe(RESTRICT)
    expect(await refusedBy(`update entries set hash = hash where project_id = $1`, [ours.id])).toBe(RESTRICT)
    expect(await refusedBy(`delete from entries where project_id = $1`, [ours.id])).toBe(RESTRICT)
    expect(await refusedBy(`truncate entries`, [])).toBe(RESTRICT)
    expect(await refusedBy(`truncate accounts cascade`, [])).toBe(RESTRICT)
    expect(await sql.query(`select * from entries order by project_id, customer_id, sequence`)).toEqual(
      before,
    )
  })

  it('leads every primary key with the project', async () => {
    const keys = await sql.query<{ table: string; first: string | null }>(`
      select c.relname as table, a.attname as first from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      left join pg_index i on i.indrelid = c.oid and i.indisprimary
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where c.relkind in ('r', 'p') and c.relname !~ '^migrations'`)
    const others = keys.filter(({ first }) => first !== 'project_id').map(({ table }) => table)
    expect(keys.length).toBeGreaterThan(10)
    // Todoist counts the requests of an account, whosever boards it holds.
    expect(others.sort()).toEqual([
      'agent_directory',
      'board_budgets',
      'projects',
      'proof_keys',
      'secret_directory',
    ])
  })

  it('carries the project in every foreign key', async () => {
    const keys = await sql.query<{ name: string; columns: string[]; references: string[] }>(`
      select con.conname as name, con.conrelid::regclass::text as table,
        (select array_agg(a.attname::text order by k.position) from unnest(con.conkey) with ordinality k(number, position)
          join pg_attribute a on a.attrelid = con.conrelid and a.attnum = k.number) as columns,
        (select array_agg(a.attname::text order by k.position) from unnest(con.confkey) with ordinality k(number, position)
          join pg_attribute a on a.attrelid = con.confrelid and a.attnum = k.number) as references
      from pg_constraint con where con.contype = 'f' and con.connamespace = 'public'::regnamespace`)
    expect(keys.length).toBeGreaterThan(10)
    const strays = keys.filter(
      ({ columns, references }) =>
        columns[0] !== 'project_id' ||
        !['project_id', 'id'].includes(references[0]!) ||
        (references[0] === 'id' && columns.length > 1),
    )
    expect(strays).toEqual([])
  })

  it('refers with a foreign key wherever a row names a customer or an order of the ledger', async () => {
    const bare = await sql.query<{ column: string }>(`
      select c.table_name || '.' || c.column_name as column from information_schema.columns c
      where c.table_schema = 'public' and c.column_name in ('customer_id', 'referrer_id', 'referred_by', 'order_ref')
        and not exists (select from pg_constraint con join pg_attribute a on a.attrelid = con.conrelid and a.attnum = any(con.conkey)
          where con.contype = 'f' and con.conrelid = c.table_name::regclass and a.attname = c.column_name)`)
    expect(bare).toEqual([])
  })
})
