import type { Pool } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { postgresInbox, type Inbox } from '../src/inbox/postgres-inbox.ts'
import { createPool } from '../src/postgres/pool.ts'
import { sqlOfPool, unitOfWork as unitOfWorkOn } from '../src/postgres/sql.ts'
import { createDatabase } from './tapline.fixture.ts'

let database: Awaited<ReturnType<typeof createDatabase>>
let pool: Pool
let inbox: Inbox
let count = 0

beforeAll(async () => {
  database = await createDatabase()
  pool = createPool({ url: database.url, max: 4, name: 'tests', onIdleError: () => undefined })
  inbox = postgresInbox(sqlOfPool(pool))
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

/** Named by what they are, in the order in which they came. */
async function append(projectId: string, items: Record<string, { orderId?: string; contacts?: string[] }>) {
  const ids = Object.keys(items).map((name) => `${String(++count).padStart(3, '0')}-${name}`)
  await inbox.append(
    Object.values(items).map((item, at) => ({
      projectId,
      id: ids[at]!,
      status: 'accepted',
      format: 'standard',
      ...(item.orderId === undefined ? {} : { storefront: 'api' }),
      ...item,
      command: {},
      receivedAt: new Date(),
    })),
  )
  return ids
}
const names = (ids: string[]) => ids.map((id) => id.slice(4))
const order = (orderId: string) => ({ storefront: 'api', orderId })

function slice(projectId: string, settled: string[] = []): Promise<string[]> {
  return unitOfWorkOn(pool)(async (transaction) => {
    const items = await inbox.claimSlice(transaction, projectId, 10)
    const outcomes = items.flatMap(({ id }) => (settled.includes(id) ? [{ id, result: {} }] : []))
    if (outcomes.length > 0) await inbox.settle(transaction, projectId, outcomes)
    return names(items.map(({ id }) => id))
  })
}

it('a refund that names nobody finds what came before it of its order', async () => {
  const ids = await append('prj_a', {
    'other order': { orderId: '2', contacts: ['email:a'] },
    purchase: { orderId: '1', contacts: ['email:a'] },
    'of a stranger': { orderId: '3', contacts: ['email:b'] },
    'first refund': { orderId: '1' },
    refund: { orderId: '1' },
    later: { orderId: '1', contacts: ['email:a'] },
  })
  const refund = ids[4]!
  const contacts = await inbox.contactsOfOrders('prj_a', [order('1')], refund)
  expect(contacts).toEqual(['email:a'])
  expect(await inbox.contactsOfOrders('prj_a', [], refund)).toEqual([])
  expect(await inbox.contactsOfOrders('prj_b', [order('1')], refund)).toEqual([])
  const earlier = await inbox.earlierOf('prj_a', { contacts, orders: [order('1')] }, refund, 10)
  expect(names(earlier)).toEqual(['other order', 'purchase', 'first refund'])
  const ofUnknown = await inbox.earlierOf('prj_a', { contacts: [], orders: [order('1')] }, refund, 10)
  expect(names(ofUnknown)).toEqual(['purchase', 'first refund'])
})

it('a spend finds the refund that names nobody, of an order of the same customer', async () => {
  const ids = await append('prj_c', {
    purchase: { orderId: '1', contacts: ['email:a'] },
    'of a stranger': { orderId: '2', contacts: ['email:b'] },
    refund: { orderId: '1' },
    'refund of a stranger': { orderId: '2' },
    'refund of nothing': { orderId: '3' },
    spend: { orderId: '4', contacts: ['email:a'] },
  })
  const earlier = await inbox.earlierOf('prj_c', { contacts: ['email:a'], orders: [] }, ids[5]!, 10)
  expect(names(earlier)).toEqual(['purchase', 'refund'])
})

it('a refund that names nobody is not taken while an earlier item of its order waits', async () => {
  const ids = await append('prj_d', {
    'refund before all': { orderId: '1' },
    purchase: { orderId: '1', contacts: ['email:a'] },
    refund: { orderId: '1' },
    'refund with a name': { orderId: '1', contacts: ['email:a'] },
    'refund elsewhere': { orderId: '2' },
  })
  const free = ['refund before all', 'purchase', 'refund with a name', 'refund elsewhere']
  expect(await slice('prj_d', [ids[0]!, ids[3]!, ids[4]!])).toEqual(free)
  expect(await slice('prj_d', [ids[1]!])).toEqual(['purchase'])
  expect(await slice('prj_d')).toEqual(['refund'])
})
