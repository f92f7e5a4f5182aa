import { expect, test } from 'vitest'
import { lotsIn } from './open-lots.ts'

test('lots come out of their lists as they went in, each null in its place', () => {
  const lists = {
    customerId: 'cus_1',
    id: 'lot_1,lot_2',
    originId: ',lot_0',
    orderRef: 'ord_1,',
    reason: 'purchase,adjustment',
    amountMinor: '100,9007199254740991',
    remainingMinor: '40,9007199254740991',
    state: 'pending,active',
    activatesAt: ',1700000000000',
    expiresAt: ',1800000000000',
    expiryDays: '365,0',
    expiryMonths: '0,6',
    expiryEndOf: 'none,month',
    createdAt: '1700000000001,1700000000002',
  }
  expect(lotsIn(lists)).toEqual([
    {
      id: 'lot_1',
      originId: null,
      orderRef: 'ord_1',
      reason: 'purchase',
      amountMinor: 100,
      remainingMinor: 40,
      state: 'pending',
      activatesAt: null,
      expiresAt: null,
      expiryDays: 365,
      expiryMonths: 0,
      expiryEndOf: 'none',
      createdAt: 1_700_000_000_001,
    },
    {
      id: 'lot_2',
      originId: 'lot_0',
      orderRef: null,
      reason: 'adjustment',
      amountMinor: Number.MAX_SAFE_INTEGER,
      remainingMinor: Number.MAX_SAFE_INTEGER,
      state: 'active',
      activatesAt: 1_700_000_000_000,
      expiresAt: 1_800_000_000_000,
      expiryDays: 0,
      expiryMonths: 6,
      expiryEndOf: 'month',
      createdAt: 1_700_000_000_002,
    },
  ])
})
