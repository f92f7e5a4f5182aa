import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTapline, type Shop, type Tapline } from './tapline.fixture.ts'

let tapline: Tapline
let shop: Shop
let customerId: string

beforeAll(async () => {
  tapline = await startTapline()
  shop = await tapline.createShop({}, { basePercent: 10 })
  for (const orderId of ['1', '2', '3']) {
    await shop.post(
      { action: 'purchase', payload: { email: 'anna@example.com', amount: 1000, orderId } },
      { prefer: 'wait=10' },
    )
  }
  await shop.post({
    action: 'spend_bonuses',
    payload: { email: 'anna@example.com', amount: 150, orderId: '9' },
  })
  customerId = (await shop.customer({ email: 'anna@example.com' })).id
})
afterAll(() => tapline.stop())

const problems = async () =>
  (await tapline.app.loyalty.verifyBooks(shop.id, customerId)).map(({ problem }) => problem)

/** Changes the books behind the ledger's back, looks, and puts them back. */
async function tampered(change: string, back: string): Promise<string[]> {
  const unguarded = (text: string) =>
    tapline.app.sql.query(
      `do $$ begin
         execute 'alter table entries disable trigger entries_append_only';
         ${text};
         execute 'alter table entries enable trigger entries_append_only';
       end $$`,
    )
  await unguarded(change)
  try {
    return await problems()
  } finally {
    await unguarded(back)
  }
}

describe('the check of the books', () => {
  it('finds nothing in books that nobody touched', async () => {
    expect(await problems()).toEqual([])
  })

  it.each([
    [
      'an entry that was changed',
      `update entries set reason = 'gift' where sequence = 2`,
      `update entries set reason = 'purchase' where sequence = 2`,
      'the entry was changed',
    ],
    [
      'a chain that was cut at its end',
      `update entries set sequence = 99 where sequence = 4`,
      `update entries set sequence = 4 where sequence = 99`,
      'the chain is broken',
    ],
    [
      'a lot that holds more than its entries gave it',
      `update lots set remaining_minor = remaining_minor + 100 where remaining_minor = 5000`,
      `update lots set remaining_minor = remaining_minor - 100 where remaining_minor = 5100`,
      'its entries say',
    ],
    [
      'an account that says more than its lots hold',
      `update accounts set balance_minor = balance_minor + 1`,
      `update accounts set balance_minor = balance_minor - 1`,
      'its lots hold',
    ],
  ])('finds %s', async (_what, change, back, problem) => {
    expect((await tampered(change, back)).join('\n')).toContain(problem)
    expect(await problems()).toEqual([])
  })
})
