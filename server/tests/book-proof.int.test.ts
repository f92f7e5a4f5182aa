import { createHash, createPublicKey, verify } from 'node:crypto'
import type { components } from '@tapline/openapi'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Transaction } from '../src/kernel/transaction.ts'
import { postgresBooks } from '../src/loyalty/adapters/postgres/postgres-books.ts'
import { canonicalEntry } from '../src/loyalty/domain/canonical-entry.ts'
import { createDatabase, eventually, startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

type Proof = components['schemas']['BookProof']
type Checkpoint = components['schemas']['Checkpoint']
type Head = { customerId: string; sequence: number; hash: string }
type Page<T> = { data: T[]; nextCursor: string | null }

const RESTRICT = '23001'
/** No scheduler: the tests turn the pages themselves. */
const ROLES = ['api', 'worker', 'relay'] as const
const BOOKS = ['entries', 'lots', 'accounts']

const lines: Record<string, unknown>[] = []
let database: Awaited<ReturnType<typeof createDatabase>>
let tapline: Tapline
let shop: Shop
let anna: string
let bob: string
let carol: string

beforeAll(async () => {
  database = await createDatabase()
  const log = pino(
    { level: 'error' },
    { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) },
  )
  tapline = await startTapline({ roles: [...ROLES], database, log })
  shop = await tapline.createShop({}, { basePercent: 10 })
  for (const orderId of ['1', '2', '3']) await buy(shop, 'anna@example.com', orderId)
  await shop.post({
    action: 'spend_bonuses',
    payload: { email: 'anna@example.com', amount: 150, orderId: '9' },
  })
  await buy(shop, 'bob@example.com', '4')
  await shop.post({ action: 'register_user', payload: { email: 'carol@example.com' } }, { prefer: 'wait=10' })
  const idOf = async (email: string) => (await shop.customer({ email })).id
  ;[anna, bob, carol] = [
    await idOf('anna@example.com'),
    await idOf('bob@example.com'),
    await idOf('carol@example.com'),
  ]
})
afterAll(async () => {
  await tapline.stop()
  await database.drop()
})

const sql = <Row>(text: string, values: unknown[] = []) => tapline.app.sql.query<Row>(text, values)

const buy = (at: Shop, email: string, orderId: string, amount = 1000) =>
  at.post({ action: 'purchase', payload: { email, amount, orderId } }, { prefer: 'wait=10' })

const proofOf = async (of: Shop) => (await of.get<Proof>('/v1/books/proof')).body

async function prove(of: Shop = shop): Promise<Proof> {
  const started = await tapline.call<Proof>('POST', '/v1/books/proof', of.secretKey)
  expect(started.status).toBe(202)
  expect(started.body.running).not.toBeNull()
  while (await tapline.app.loyalty.proving.step(of.id));
  return proofOf(of)
}

/** Writes past every guard, as the owner of the tables can. */
const past = (changes: string) =>
  sql(`do $$ begin set local session_replication_role = replica; ${changes}; end $$`)

async function tampered(changes: string): Promise<Proof> {
  await past(BOOKS.map((table) => `create table kept_${table} as table ${table}`).join(';'))
  try {
    await past(changes)
    return await prove()
  } finally {
    const back = (table: string) =>
      `delete from ${table}; insert into ${table} select * from kept_${table}; drop table kept_${table}`
    await past(BOOKS.map(back).join(';'))
  }
}

const refusedBy = (statement: string) =>
  sql(statement).then(
    () => 'nothing',
    (error: { code: string }) => error.code,
  )

async function all<T>(of: Shop, path: string, limit: number): Promise<T[]> {
  const found: T[] = []
  let cursor = ''
  for (;;) {
    const { body, status } = await of.get<Page<T>>(`${path}?limit=${limit}${cursor}`)
    expect(status).toBe(200)
    found.push(...body.data)
    if (body.nextCursor === null) return found
    cursor = `&cursor=${body.nextCursor}`
  }
}

const sha256 = (...parts: (Buffer | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

/** RFC 6962, 2.1, as it stands there. */
function merkleRoot(leaves: string[]): Buffer {
  if (leaves.length === 0) return sha256()
  if (leaves.length === 1) return sha256(Buffer.of(0), leaves[0]!)
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha256(Buffer.of(1), merkleRoot(leaves.slice(0, k)), merkleRoot(leaves.slice(k)))
}

/** What an outsider does with nothing but the answers of the API, as the contract describes it. */
async function outsiderAccepts(of: Shop, checkpoint: Checkpoint, keys: Proof['publicKeys'], limit = 2) {
  const heads = await all<Head>(of, `/v1/books/checkpoints/${checkpoint.id}/heads`, limit)
  const root = merkleRoot(heads.map(({ customerId, sequence, hash }) => `${customerId}:${sequence}:${hash}`))
  const text = [
    'tapline-checkpoint-1',
    `project ${checkpoint.projectId}`,
    `checkpoint ${checkpoint.id}`,
    `number ${checkpoint.number}`,
    `taken-at ${checkpoint.takenAt}`,
    `accounts ${checkpoint.accounts}`,
    `entries ${checkpoint.entries}`,
    `problems ${checkpoint.problemsCount}`,
    `root ${root.toString('hex')}`,
    `previous-root ${checkpoint.previousRoot ?? '-'}`,
  ]
  const { publicKey } = keys.find(({ keyId }) => keyId === checkpoint.keyId)!
  const key = createPublicKey(publicKey)
  const keyId = sha256(key.export({ type: 'spki', format: 'der' }))
    .toString('hex')
    .slice(0, 16)
  const sum = heads.reduce((entries, { sequence }) => entries + sequence, 0)
  return (
    keyId === checkpoint.keyId &&
    root.toString('hex') === checkpoint.root &&
    heads.length === checkpoint.accounts &&
    sum === checkpoint.entries &&
    heads.every(({ customerId }, index) => index === 0 || heads[index - 1]!.customerId < customerId) &&
    verify(
      null,
      Buffer.from(text.map((line) => `${line}\n`).join('')),
      key,
      Buffer.from(checkpoint.signature, 'base64'),
    )
  )
}

/** Accounts that never had an entry, past the engine: a quick way to many pages. */
const crowd = (of: Shop, size: number) =>
  past(`insert into customers (project_id, id) select '${of.id}', 'cus_0' || lpad(n::text, 25, '0') from generate_series(1, ${size}) n;
    insert into accounts (project_id, customer_id, referral_code)
      select '${of.id}', 'cus_0' || lpad(n::text, 25, '0'), '${of.id}' || n from generate_series(1, ${size}) n`)

describe('the proof of the books', () => {
  it('says that nothing is proven before the first run', async () => {
    expect(await proofOf(shop)).toEqual({
      state: 'unproven',
      running: null,
      checkedAt: null,
      accounts: 0,
      entries: 0,
      checkpoint: null,
      publicKeys: [],
      problems: [],
      problemsCount: 0,
    })
  })

  it('finds whole books intact, and signs where their chains end', async () => {
    const proof = await prove()
    expect(proof).toMatchObject({ state: 'intact', running: null, accounts: 3, entries: 5, problems: [] })
    expect(proof.checkpoint).toMatchObject({ number: 1, previousRoot: null, projectId: shop.id })
    const heads = await all<Head>(shop, `/v1/books/checkpoints/${proof.checkpoint!.id}/heads`, 1000)
    const [newest] = (
      await shop.get<Page<{ hash: string; accountSequence: number }>>(`/v1/customers/${anna}/entries`)
    ).body.data
    expect(heads.find(({ customerId }) => customerId === anna)).toEqual({
      customerId: anna,
      sequence: newest!.accountSequence,
      hash: newest!.hash,
    })
    expect(heads.find(({ customerId }) => customerId === carol)).toMatchObject({ sequence: 0, hash: '' })
  })

  it('chains the checkpoints, and keeps of each the heads that it was made of', async () => {
    const before = (await proofOf(shop)).checkpoint!
    await buy(shop, 'bob@example.com', '5')
    const { checkpoint, publicKeys } = await prove()
    expect(checkpoint).toMatchObject({ number: before.number + 1, previousRoot: before.root, entries: 6 })
    expect(checkpoint!.root).not.toBe(before.root)
    const stored = await all<Checkpoint>(shop, '/v1/books/checkpoints', 1)
    expect(stored).toEqual([checkpoint, before])
    for (const each of stored) expect(await outsiderAccepts(shop, each, publicKeys)).toBe(true)
    expect(await outsiderAccepts(shop, { ...checkpoint!, problemsCount: 1 }, publicKeys)).toBe(false)
    expect(await outsiderAccepts(shop, { ...before, id: checkpoint!.id }, publicKeys)).toBe(false)
  })

  it('signs with a new key when told so, and the old signatures stay good', async () => {
    const before = (await proofOf(shop)).checkpoint!
    const { keyId } = await tapline.app.loyalty.signer.replaceKey()
    const { checkpoint, publicKeys, state } = await prove()
    expect(state).toBe('intact')
    expect(checkpoint!.keyId).toBe(keyId)
    expect(publicKeys.map((key) => key.keyId)).toEqual([keyId, before.keyId])
    expect(await outsiderAccepts(shop, before, publicKeys)).toBe(true)
    expect(await outsiderAccepts(shop, checkpoint!, publicKeys)).toBe(true)
    const [kept] = await sql<{ sealed: string }>(
      `select encode(sealed, 'escape') as sealed from proof_keys limit 1`,
    )
    expect(kept!.sealed).not.toContain('PRIVATE')
  })

  it('refuses checkpoints of others and cursors that are none', async () => {
    const other = await tapline.createShop()
    const { checkpoint } = await proofOf(shop)
    const answers = await Promise.all([
      other.get(`/v1/books/checkpoints/${checkpoint!.id}/heads`),
      shop.get('/v1/books/checkpoints?cursor=x'),
    ])
    expect(answers.map(({ status, body }) => [status, (body as Partial<{ code: string }>).code])).toEqual([
      [404, 'checkpoint-not-found'],
      [400, 'invalid-request'],
    ])
    expect((await other.get<Page<Checkpoint>>('/v1/books/checkpoints')).body.data).toEqual([])
  })
})

describe('who owns the database', () => {
  it.each(['entries', 'book_checkpoints', 'book_heads'])('cannot change %s by SQL', async (table) => {
    const [before] = await sql<{ count: number }>(`select count(*) from ${table}`)
    expect(before!.count).toBeGreaterThan(1)
    expect(await refusedBy(`update ${table} set hash = 'x'`.replace('hash', hashOf(table)))).toBe(RESTRICT)
    expect(await refusedBy(`delete from ${table}`)).toBe(RESTRICT)
    expect(await refusedBy(`truncate ${table}`)).toBe(RESTRICT)
    expect(await sql(`select count(*) from ${table}`)).toEqual([before])
  })
  const hashOf = (table: string) => (table === 'book_checkpoints' ? 'root' : 'hash')

  const last = () => `customer_id = '${anna}' and sequence = 4`
  it.each<[string, () => string, () => string, number, string]>([
    [
      'an amount that was changed',
      () =>
        `update entries set amount_minor = amount_minor + 100 where customer_id = '${anna}' and sequence = 2`,
      () => anna,
      2,
      'the entry was changed',
    ],
    [
      'a previous hash that was changed',
      () =>
        `update entries set previous_hash = repeat('0', 64) where customer_id = '${anna}' and sequence = 3`,
      () => anna,
      3,
      'the chain is broken',
    ],
    [
      'an entry taken out of the middle',
      () => `delete from entries where customer_id = '${anna}' and sequence = 2`,
      () => anna,
      3,
      'the chain is broken',
    ],
    ['a tail that was cut', () => `delete from entries where ${last()}`, () => anna, 4, 'entries were cut'],
    [
      'a lot that holds more',
      () =>
        `update lots set remaining_minor = remaining_minor + 100 where customer_id = '${anna}' and remaining_minor = 5000`,
      () => anna,
      0,
      'holds 5100, its entries say 5000',
    ],
    [
      'a lot that was emptied',
      () => `update lots set remaining_minor = 0 where customer_id = '${anna}' and remaining_minor = 5000`,
      () => anna,
      0,
      'holds 0, its entries say 5000',
    ],
    [
      'a balance that was raised',
      () => `update accounts set balance_minor = balance_minor + 1 where customer_id = '${bob}'`,
      () => bob,
      0,
      'its lots hold',
    ],
    [
      'movements that are none',
      () =>
        `update entries set movements = '[{"lotId": 1}, null]' where customer_id = '${anna}' and sequence = 1`,
      () => anna,
      1,
      'the entry was changed',
    ],
    [
      'numbers that fit nowhere',
      () => `update entries set amount_minor = 9e18, occurred_at = 'infinity' where customer_id = '${bob}' and sequence = 1;
        update entries set sequence = 9e18 where customer_id = '${bob}' and sequence = 2`,
      () => bob,
      1,
      'the entry was changed',
    ],
    [
      'entries without their account',
      () => `delete from accounts where customer_id = '${bob}'`,
      () => bob,
      2,
      'there are entries without an account',
    ],
  ])('is found out: %s', async (_what, change, whose, sequence, problem) => {
    const proof = await tampered(change())
    expect(proof.state).toBe('broken')
    expect(proof.problemsCount).toBe(proof.problems.length)
    expect(new Set(proof.problems.map(({ customerId }) => customerId))).toEqual(new Set([whose()]))
    expect(proof.problems).toContainEqual({
      customerId: whose(),
      sequence,
      problem: expect.stringContaining(problem) as string,
    })
    expect((await prove()).state).toBe('intact')
  })

  /** Takes the last entry away and makes everything else fit, as if it had never been. */
  const cleanCut = () => `delete from entries where ${last()};
    update lots set remaining_minor = amount_minor where customer_id = '${anna}';
    update accounts set sequence = 3, balance_minor = 30000,
      last_hash = (select hash from entries where customer_id = '${anna}' and sequence = 3) where customer_id = '${anna}'`

  it('is found out: a tail that was cut and everything made to fit, by the checkpoint alone', async () => {
    const proof = await tampered(cleanCut())
    expect(proof.problems).toEqual([
      { customerId: anna, sequence: 4, problem: expect.stringContaining('entries were cut') as string },
    ])
    expect((await prove()).state).toBe('intact')
  })

  it('is found out again the next night: what was cut does not become what is expected', async () => {
    await past(BOOKS.map((table) => `create table twice_${table} as table ${table}`).join(';'))
    await past(cleanCut())
    expect((await prove()).state).toBe('broken')
    expect((await prove()).state).toBe('broken')
    const back = (table: string) => `delete from ${table}; insert into ${table} select * from twice_${table}`
    await past(BOOKS.map(back).join(';'))
    expect((await prove()).state).toBe('intact')
  })

  it('is found out: an entry written anew with a hash that fits', async () => {
    const [entry] = await postgresBooks.entries(tapline.app.sql as unknown as Transaction, shop.id, {
      after: { customerId: bob, sequence: '1' },
      upTo: bob,
      limit: 1,
    })
    const forged = {
      ...entry!,
      amountMinor: 90_000,
      movements: [{ lotId: entry!.movements[0]!.lotId, amountMinor: 90_000 }],
    }
    const hash = sha256(canonicalEntry(shop.id, 2, entry!.previousHash, forged)).toString('hex')
    const proof = await tampered(`
      update entries set amount_minor = 90000, movements = '${JSON.stringify(forged.movements)}', hash = '${hash}' where id = '${entry!.id}';
      update lots set amount_minor = 90000, remaining_minor = 90000 where id = '${forged.movements[0]!.lotId}';
      update accounts set balance_minor = balance_minor + 80000, last_hash = '${hash}' where customer_id = '${bob}'`)
    expect(proof.problems).toEqual([
      { customerId: bob, sequence: 2, problem: 'the entry is not the one that the checkpoint names' },
    ])
    expect((await prove()).state).toBe('intact')
  })

  it('is found out: an account that was deleted, where nothing refers to it', async () => {
    await sql(
      `create table kept_carol as select * from accounts where customer_id = $1`.replace('$1', `'${carol}'`),
    )
    await sql(`delete from accounts where customer_id = $1`, [carol])
    const { problems, accounts } = await prove()
    expect(problems).toEqual([{ customerId: carol, sequence: 0, problem: 'the account is gone' }])
    expect(accounts).toBe(3)
    await sql(`insert into accounts select * from kept_carol`)
    expect((await prove()).state).toBe('intact')
    await sql(`delete from accounts where customer_id = $1`, [bob]).then(
      () => expect.fail('an account with entries was deleted'),
      (error: { code: string }) => expect(error.code).toBe('23503'),
    )
  })

  describe('and changes the checkpoints too', () => {
    let own: Shop
    let victim: string
    beforeAll(async () => {
      own = await tapline.createShop({}, { basePercent: 10 })
      await buy(own, 'dora@example.com', '1')
      victim = (await own.customer({ email: 'dora@example.com' })).id
      expect((await prove(own)).state).toBe('intact')
    })
    const told = async () =>
      (await prove(own)).problems.map(({ customerId, problem }) => [customerId, problem])

    it('is found out: a head that was written to fit the cut', async () => {
      const [before] = await sql<{ hash: string }>(
        `select hash from book_heads where project_id = $1 and number = 1`,
        [own.id],
      )
      await past(`update book_heads set hash = repeat('0', 64) where project_id = '${own.id}'`)
      expect(await told()).toEqual([
        [null, 'checkpoint 1: its heads were changed'],
        [victim, 'the entry is not the one that the checkpoint names'],
      ])
      await past(`update book_heads set hash = '${before!.hash}' where project_id = '${own.id}'`)
    })

    it('is found out: a checkpoint whose words were changed, even with a key put beside ours', async () => {
      await past(`update book_checkpoints set problems_count = 0 where project_id = '${own.id}';
        insert into proof_keys (number, id, public_key, sealed) values (0, 'forged', 'PEM', 'sealed')`)
      expect(await told()).toContainEqual([null, 'checkpoint 2: its signature is not valid'])
      expect((await proofOf(own)).publicKeys.map(({ keyId }) => keyId)).not.toContain('forged')
      await sql(`delete from proof_keys where id = 'forged'`)
    })

    it('is found out: a checkpoint that was taken away; and what was lost once stays said', async () => {
      const { checkpoint } = await proofOf(own)
      await past(
        `delete from book_checkpoints where project_id = '${own.id}' and number = ${checkpoint!.number}`,
      )
      expect(await told()).toContainEqual([null, `checkpoint ${checkpoint!.number} is gone`])
      const next = await prove(own)
      expect(next.problems).toContainEqual({
        customerId: null,
        sequence: 0,
        problem: `checkpoint ${checkpoint!.number} is gone`,
      })
      expect(next.checkpoint!.number).toBe(checkpoint!.number + 2)
    })
  })
})

describe('a broken book', () => {
  it('is an event, a line of the audit log, a number among the metrics and an error in the log, each with its name', async () => {
    const marked = await tapline.createShop({}, { basePercent: 10 })
    await buy(marked, 'eva@example.com', '1')
    const { id } = await marked.customer({ email: 'eva@example.com' })
    const broken = async () =>
      Number(
        /^tapline_broken_books (\d+)$/m.exec(
          (await tapline.call<string>('GET', '/metrics', undefined)).body,
        )?.[1],
      )
    const before = await broken()
    await past(`update accounts set balance_minor = balance_minor + 1 where project_id = '${marked.id}'`)
    lines.length = 0
    const { problemsCount, checkpoint } = await prove(marked)
    expect(problemsCount).toBe(1)
    const [event] = await sql<{ payload: unknown }>(
      `select payload from outbox_events where project_id = $1 and type = 'books.broken'`,
      [marked.id],
    )
    expect(event!.payload).toEqual({ customerIds: [id], problemsCount: 1 })
    await eventually(
      () =>
        sql<{ waiting: number }>(`select count(*) as waiting from outbox_events where relayed_at is null`),
      ([row]) => row!.waiting === 0,
    )
    const audit = await tapline.admin<Page<{ action: string; details: unknown }>>(
      'GET',
      `/admin/v1/projects/${marked.id}/audit`,
    )
    expect(audit.body.data[0]).toMatchObject({
      action: 'books.broken',
      details: { customerIds: [id], problemsCount: 1, checkpointId: checkpoint!.id },
    })
    expect(await broken()).toBe(before + 1)
    expect(lines).toEqual([
      expect.objectContaining({ level: 50, projectId: marked.id, customerIds: [id], problemsCount: 1 }),
    ])
    await past(`update accounts set balance_minor = balance_minor - 1 where project_id = '${marked.id}'`)
    expect((await prove(marked)).state).toBe('intact')
    expect(await broken()).toBe(before)
  })
})

describe('a run', () => {
  it('goes on where it was when it is cut off within a page, and says how far it is', async () => {
    const large = await tapline.createShop()
    await crowd(large, 900)
    await tapline.call('POST', '/v1/books/proof', large.secretKey)
    const { step } = tapline.app.loyalty.proving
    await step(large.id)
    expect((await proofOf(large)).running).toEqual({ accountsDone: 200, accountsTotal: 900 })

    // Whoever asks again starts no second run, and does not throw away what is done.
    const again = await tapline.call<Proof>('POST', '/v1/books/proof', large.secretKey)
    expect(again.body.running).toEqual({ accountsDone: 200, accountsTotal: 900 })

    // The next page waits at the heads, and there its connection is cut.
    const holding = tapline.app.sql.query(
      `do $$ begin lock table book_heads in exclusive mode; perform pg_sleep(0.7); end $$`,
    )
    await eventually(
      () =>
        sql<{ held: number }>(
          `select count(*) as held from pg_locks where mode = 'ExclusiveLock' and relation = 'book_heads'::regclass and granted`,
        ),
      ([row]) => row!.held === 1,
    )
    const cut = step(large.id).then(() => 'done', () => 'cut') // prettier-ignore
    await eventually(
      () =>
        sql<{ cut: boolean }>(`select pg_terminate_backend(pid) as cut from pg_locks
          where relation = 'book_heads'::regclass and not granted`),
      (rows) => rows.length === 1,
    )
    expect(await cut).toBe('cut')
    await holding
    expect((await proofOf(large)).running).toEqual({ accountsDone: 200, accountsTotal: 900 })

    const another = await startTapline({ roles: [...ROLES], database })
    let pages = 0
    while (await another.app.loyalty.proving.step(large.id)) pages++
    await another.stop()
    expect(pages).toBe(4)
    const proof = await proofOf(large)
    expect(proof).toMatchObject({ state: 'intact', running: null, accounts: 900, checkpoint: { number: 1 } })
    expect(await outsiderAccepts(large, proof.checkpoint!, proof.publicKeys, 400)).toBe(true)
  })

  it('is done once by two runners, and started once by many callers', async () => {
    const large = await tapline.createShop()
    await crowd(large, 1_000)
    const another = await startTapline({ roles: [...ROLES], database })
    await Promise.all(
      Array.from({ length: 5 }, () => tapline.call('POST', '/v1/books/proof', large.secretKey)),
    )
    let pages = 0
    const runner = async ({ app }: Tapline) => {
      while ((await proofOf(large)).running !== null) if (await app.loyalty.proving.step(large.id)) pages++
    }
    await Promise.all([runner(tapline), runner(another), runner(tapline), runner(another)])
    await another.stop()
    // 1,000 fill five pages; the sixth finds that there are no more.
    expect(pages).toBe(6)
    const proof = await proofOf(large)
    expect(proof).toMatchObject({ state: 'intact', accounts: 1_000, checkpoint: { number: 1 } })
    expect(await outsiderAccepts(large, proof.checkpoint!, proof.publicKeys, 1_000)).toBe(true)
    expect(await all(large, '/v1/books/checkpoints', 10)).toHaveLength(1)
  })

  it('gives no false alarm while orders flow in', async () => {
    const busy = await tapline.createShop({}, { basePercent: 10 })
    let posting = true
    let runs = 0
    const proving = (async () => {
      while (posting || runs < 3) {
        const { problems } = await prove(busy)
        expect(problems).toEqual([])
        runs++
      }
    })()
    for (let round = 0; round < 20; round++)
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          index % 5 === 4
            ? busy.post({
                action: 'spend_bonuses',
                payload: { email: `c${index}@example.com`, amount: 1, orderId: `s${round}-${index}` },
              })
            : buy(busy, `c${index + (index % 5 === 3 ? 1 : 0)}@example.com`, `${round}-${index}`),
        ),
      )
    posting = false
    await proving
    expect(runs).toBeGreaterThan(3)
    expect((await prove(busy)).entries).toBeGreaterThanOrEqual(320)
  })

  it('comes by itself in the night of the project', async () => {
    const own = await tapline.createShop({ timeZone: 'Asia/Almaty' })
    const night = () =>
      sql<{ hour: number; ahead: boolean }>(
        `select extract(hour from due_at at time zone 'Asia/Almaty')::int as hour,
           due_at between now() and now() + interval '25 hours' as ahead from book_proofs where project_id = $1`,
        [own.id],
      )
    const scheduler = await startTapline({ roles: ['scheduler'], database })
    try {
      await eventually(night, ([row]) => row!.hour === 3 && row!.ahead)
      expect((await proofOf(own)).state).toBe('unproven')
      await sql(`update book_proofs set due_at = now() - interval '1 second' where project_id = $1`, [own.id])
      await eventually(
        () => proofOf(own),
        ({ state }) => state === 'intact',
      )
      expect(await night()).toEqual([{ hour: 3, ahead: true }])
      const { checkpoint, publicKeys } = await proofOf(own)
      expect(await outsiderAccepts(own, checkpoint!, publicKeys)).toBe(true)
      expect(await all(own, '/v1/books/checkpoints', 10)).toHaveLength(1)
    } finally {
      await scheduler.stop()
    }
  })
})
