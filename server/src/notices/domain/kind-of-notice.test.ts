import { expect, it } from 'vitest'
import { isMarketing, kindOfNotice } from './kind-of-notice.ts'

const awarded = (payload: Record<string, unknown>) => ({ type: 'bonus.awarded', payload })
const of = (type: string, payload: Record<string, unknown> = {}) => ({ type, payload })

it('tells everybody what happens to their bonuses and tier', () => {
  const service = [
    awarded({ reason: 'purchase', pending: false }),
    awarded({ reason: 'purchase', pending: true, activatesAt: 1 }),
    awarded({ reason: 'purchase', pending: true, activatesAt: null }),
    awarded({ reason: 'welcome', pending: false }),
    awarded({ reason: 'referral', pending: true }),
    awarded({ reason: 'referral', pending: false }),
    of('tier.changed', { to: 'Gold' }),
    of('bonus.activated'),
    of('bonus.spent'),
    of('bonus.refunded'),
    of('bonus.expired'),
  ]
  expect(service.map(kindOfNotice)).toEqual([
    'awarded',
    'pending',
    'unpaid',
    'welcome',
    'referralPending',
    'referral',
    'tier',
    'bonus.activated',
    'bonus.spent',
    'bonus.refunded',
    'bonus.expired',
  ])
  expect(service.filter(isMarketing)).toEqual([])
})

it('knows what only wants them to buy, or is a present', () => {
  expect(
    [
      of('bonus.expiring'),
      of('tier.downgrading', { from: 'Gold' }),
      awarded({ reason: 'birthday', pending: false }),
    ].map(isMarketing),
  ).toEqual([true, true, true])
})

it('is silent about holds, lost tiers, and whatever is no notice', () => {
  for (const event of [
    of('bonus.held', { awaitsConfirmation: true }),
    of('bonus.held', { awaitsConfirmation: false }),
    of('tier.changed', { to: null }),
    of('customer.created'),
    of('awarded'),
    of('birthday'),
    of('constructor'),
  ]) {
    expect(kindOfNotice(event), event.type).toBeUndefined()
    expect(isMarketing(event)).toBe(false)
  }
})
