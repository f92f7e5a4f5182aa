import type { Cart } from './cart.ts'
import type { Hold, ShopPage } from './contract.ts'
import { jsonOf } from './json.ts'
import { decimalOf, minorOf } from './money.ts'
import { isHidden } from './on-return.ts'
import { done, problem, type Answer } from './problem.ts'
import { randomId } from './random-id.ts'
import type { Request } from './request.ts'
import type { Sessions } from './sessions.ts'
import type { Shelf } from './shelf.ts'

/** Bonuses that were put aside for a cart. */
export interface Spending {
  id: string
  /** Bonuses, as a decimal string. */
  amount: string
  /** What the shop takes off now, as a decimal string: `amount` while it is `active`, else `0.00`. */
  discount: string
  /**
   * `awaiting-confirmation` until the shopper presses the button in Telegram, then `active`; in the end `captured` (the
   * order came), `voided` (declined or cancelled) or `expired`.
   */
  state: Hold['state']
  /** Four digits that stand in Telegram too: show them while it awaits its confirmation. */
  code: string
  /** What the order has to bring as `reservation` or `promoCode`; null of a spending for an order with an id. */
  reservation: string | null
  orderId: string
  /** Until when the bonuses are put aside; RFC 3339. */
  expiresAt: string
  /** Gross amount of the cart that it was made for. */
  cartAmount: string
}

export interface SpendInput {
  cart: Cart
  /** Bonuses, as a decimal string. */
  amount: string
  /** Where the shop knows the order's id already; else there is a `reservation`. */
  orderId?: string
}

interface Needs {
  request: Request
  sessions: Sessions
  shelf: Shelf
  storefront: string | undefined
  page: () => Promise<Answer<ShopPage>>
  now: () => number
  changed: (spending: Spending | null) => void
}

const SPENDING = 'spending'
const SOON_MS = 1_000
const LONGEST_MS = 5_000
/** So often at first. The server lets a session ask 600 times a minute. */
const SOON_TIMES = 30
const ACTIVE_MS = 30_000

const isOver = ({ state }: Spending) => state !== 'active' && state !== 'awaiting-confirmation'

/** One spending at a time, followed from the wish to the order. */
export function createSpendings({ request, sessions, shelf, storefront, page, now, changed }: Needs) {
  let current = shelf.read<Spending>(SPENDING) ?? null
  let timer: ReturnType<typeof setTimeout> | undefined
  let looks = 0
  let asking = false

  function keep(next: Spending | null): void {
    const before = jsonOf(current)
    current = next
    shelf.set(SPENDING, next && !isOver(next) ? next : undefined)
    if (jsonOf(next) !== before) changed(next)
  }
  const ofHold = (hold: Hold, cartAmount: string): Spending => ({
    ...{ id: hold.id, amount: hold.amount, state: hold.state, code: hold.code },
    ...{ reservation: hold.reservation, orderId: hold.orderId, expiresAt: hold.expiresAt, cartAmount },
    discount: hold.state === 'active' ? hold.amount : '0.00',
  })

  /** In a hidden page nobody waits for it: whoever comes back is told at once. */
  const pauseMs = () =>
    isHidden() ? LONGEST_MS : Math.min(Math.max(SOON_MS, (++looks - SOON_TIMES) * SOON_MS), LONGEST_MS)

  function watch(): void {
    clearTimeout(timer)
    if (!current || isOver(current)) return
    timer = setTimeout(() => void look(), current.state === 'active' ? ACTIVE_MS : pauseMs())
  }
  async function look(): Promise<void> {
    if (!current || asking || isOver(current)) return
    asking = true
    const { id, cartAmount, expiresAt } = current
    const token = await sessions.proven()
    const answer = token
      ? await request<Hold>('GET', `/v1/me/holds/${id}`, { token, has: 'state' })
      : undefined
    asking = false
    // It may have been let go meanwhile: that was later than what is answered.
    if (current?.id === id && !isOver(current)) {
      if (answer?.data) keep(ofHold(answer.data, cartAmount))
      else if (now() > Date.parse(expiresAt)) keep({ ...current, state: 'expired', discount: '0.00' })
    }
    watch()
  }

  async function spend({ cart, amount, orderId }: SpendInput): Promise<Answer<Spending>> {
    const [minor, gross] = [minorOf(amount), minorOf(cart.amount)]
    if (!minor || !gross || minor > gross) return problem('amount-invalid')
    if (current && !isOver(current)) return problem('spending-exists')
    const [{ data: shop, problem: closed }, token] = await Promise.all([page(), sessions.proven()])
    if (closed) return { data: undefined, problem: closed }
    if (!token) return problem('proof-required')
    const { spending } = shop.bonuses
    if (spending === 'off') return problem('spending-off')
    const [bonuses, orderAmount] = [decimalOf(minor), decimalOf(gross)]
    const asked = { token, key: randomId(), has: 'state' }
    const answer = await (spending === 'promo-codes'
      ? request<Hold>('POST', '/v1/me/promo-codes', {
          ...asked,
          body: { nominal: bonuses, orderAmount },
        })
      : request<Hold>('POST', '/v1/me/holds', {
          ...asked,
          body: {
            ...{ amount: bonuses, orderAmount },
            ...(cart.items && { items: cart.items }),
            ...(orderId && { orderId }),
            ...(storefront && { storefront }),
          },
        }))
    if (answer.problem) return answer
    shelf.allow()
    looks = 0
    keep(ofHold(answer.data, orderAmount))
    watch()
    return done(current!)
  }

  async function cancel(): Promise<Answer<null>> {
    const spending = current
    if (!spending || isOver(spending)) return done(null)
    // The page lets go at once, whatever the network does.
    clearTimeout(timer)
    keep({ ...spending, state: 'voided', discount: '0.00' })
    // What was confirmed for an order with an id is a promise to the shop: only it can free it, or the deadline.
    if (spending.state === 'active' && spending.reservation === null) return done(null)
    const token = await sessions.proven()
    if (!token) return problem('proof-required')
    const answer = await request<Hold>('POST', `/v1/me/holds/${spending.id}/void`, { token, key: randomId() })
    return answer.problem ? answer : done(null)
  }

  return {
    ...{ spend, cancel },
    /** The shopper is back. */
    look(): void {
      looks = 0
      void look()
    },
    current: () => current,
    ordered(): void {
      clearTimeout(timer)
      if (current) keep(null)
    },
    /** After a reload. */
    resume(): void {
      if (current) void look()
    },
  }
}
