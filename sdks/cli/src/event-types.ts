import type { TaplineEventType } from '@tapline/client'
import { Misuse } from './misuse.ts'
import { byNearness, nearest } from './nearest.ts'

// The contract's, all of them: one too many or too few does not compile.
const KNOWN = {
  'bonus.awarded': true,
  'bonus.activated': true,
  'bonus.spent': true,
  'bonus.held': true,
  'bonus.released': true,
  'hold.expired': true,
  'bonus.reversed': true,
  'bonus.refunded': true,
  'bonus.expiring': true,
  'bonus.expired': true,
  'bonus.adjusted': true,
  'tier.changed': true,
  'tier.downgrading': true,
  'referral.qualified': true,
  'referral.suspected': true,
  'reservation.doubted': true,
  'limit.reached': true,
  'customer.created': true,
  'customer.merged': true,
  'customer.unmerged': true,
  'customer.erased': true,
  'order.rejected': true,
  'books.broken': true,
  'endpoint.failing': true,
  'endpoint.disabled': true,
  'endpoint.recovered': true,
  'webhook.test': true,
} as const satisfies Record<TaplineEventType, true>

export const EVENT_TYPES = Object.keys(KNOWN) as TaplineEventType[]

/** What to say of a type that does not exist. */
export function unknownType(given: string, didYouMean: (type: string) => string): string {
  const meant = nearest(given, EVENT_TYPES)
  const all = byNearness(given, EVENT_TYPES).map((type) => `  ${type}`)
  return [...(meant === undefined ? [] : [didYouMean(meant)]), ...all].join('\n')
}

/** `bonus.*,tier.changed`: whether a type is among them; everything is when nothing is said. */
export function readWish(
  given: string | undefined,
  unknown: (pattern: string) => string,
): (type: string) => boolean {
  if (given === undefined) return () => true
  const patterns = given.split(',').map((pattern) => pattern.trim())
  for (const pattern of patterns)
    if (!EVENT_TYPES.some((type) => matches(pattern, type))) throw new Misuse(unknown(pattern))
  return (type) => patterns.some((pattern) => matches(pattern, type))
}

function matches(pattern: string, type: string): boolean {
  if (pattern === '*') return true
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern
}
