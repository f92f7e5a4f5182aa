import { setTimeout } from 'node:timers/promises'
import { GOODS } from './goods.ts'
import type { ShopSettings } from './settings.ts'

export type WantedOrder = {
  lines: { sku: string; quantity: number }[]
  email: string
  name: string
  /** Of bonuses put aside in the cart, and what the page has shown as taken off for them. */
  reservation: string | null
  discount: string | null
}

export type PlacedOrder = { orderId: string; total: number; paid: number; earned: string | null }

/**
 * `cart`: nothing that is sold here. `contact`: no such e-mail address. `bonuses`: the page has shown another price than Tapline
 * stands for, and `because` says why. `unsure`: nobody says now what the bonuses are worth. `refused`: anything else.
 */
export type NotPlaced = {
  refused: 'cart' | 'contact' | 'bonuses' | 'unsure' | 'refused'
  because?: string | undefined
}

/** What Tapline says of an order; undefined where it does not. */
type Told = { refused: 'contact' | 'refused' } | { spent: number; earned: string | null } | undefined

const STOREFRONT = 'demo-shop'
const MOST_PIECES = 99
const MONEY = /^\d{1,9}(\.\d{1,2})?$/
const WITHIN_MS = 8_000
/** How long a cancellation that nobody has taken waits before it is sent again. */
const AGAIN_MS = [500, 5_000, 30_000, 120_000, 600_000]

/**
 * The shop's list says what the goods cost, and Tapline what bonuses take off: whatever a page says of either is only compared.
 * So the order is told before anybody pays, and waits for its result.
 */
export async function placeOrder(
  settings: ShopSettings,
  orderId: string,
  wanted: WantedOrder,
): Promise<PlacedOrder | NotPlaced> {
  const items = itemsOf(wanted)
  if (items === undefined) return { refused: 'cart' }
  const total = items.reduce((sum, { price, quantity }) => sum + Number(price) * quantity, 0)
  const { email, name, reservation } = wanted
  const discount = MONEY.test(wanted.discount ?? '') ? wanted.discount! : '0.00'
  const told = await tell(settings, {
    ...{ orderId, storefront: STOREFRONT, amount: total.toFixed(2), items, email, name },
    ...(reservation !== null && { reservation, discount }),
  })
  if (told !== undefined && 'refused' in told) return told
  if (reservation === null) return { orderId, total, paid: total, earned: told?.earned ?? null }
  // Nobody is charged a price that it has not seen. What bonuses stand behind is known by Tapline alone.
  if (told?.spent === Number(discount) && !(await isTooMuch(settings, orderId)))
    return { orderId, total, paid: total - told.spent, earned: told.earned }
  const because = await cancel(settings, orderId, { customer: { email }, amount: total.toFixed(2) })
  return told === undefined ? { refused: 'unsure' } : { refused: 'bonuses', because }
}

function itemsOf({ lines }: WantedOrder) {
  const items = lines.flatMap(({ sku, quantity }) => {
    const good = GOODS.find((one) => one.sku === sku)
    if (good === undefined || !Number.isInteger(quantity) || quantity < 1 || quantity > MOST_PIECES) return []
    const { price, category, name } = good
    return [{ sku, name: name.ru, category, price: `${price}.00`, quantity }]
  })
  return items.length === 0 || items.length !== lines.length ? undefined : items
}

async function tell({ webhookUrl }: ShopSettings, payload: object): Promise<Told> {
  const response = await fetch(webhookUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', prefer: 'wait=5' },
    body: JSON.stringify({ action: 'purchase', payload }),
    signal: AbortSignal.timeout(WITHIN_MS),
  }).catch(() => undefined)
  // The shop sells without it, too. A real one sends such orders again; @tapline/client does.
  if (response === undefined || response.status >= 500 || response.status === 429) return undefined
  const answer = (await response.json()) as {
    result?: { spent?: string; earned?: string }
    errors?: { pointer: string }[]
  }
  if (response.ok)
    return answer.result && { spent: Number(answer.result.spent ?? 0), earned: answer.result.earned ?? null }
  const isContact = answer.errors?.some(({ pointer }) => pointer === '/payload/email')
  return { refused: isContact === true ? 'contact' : 'refused' }
}

/** What was put aside for a bigger cart may be more of this one than the program lets bonuses pay. */
async function isTooMuch(settings: ShopSettings, orderId: string): Promise<boolean> {
  return (await flagsOf(settings, orderId, 'GET'))?.includes('spent-more-than-share') === true
}

/**
 * Answers what Tapline found wrong with the reservation, such as `expired`. It brings the facts, so that an order whose
 * telling was only late is cancelled before it comes. Where Tapline does not answer it is sent again: an order that stands
 * there and was never charged would have spent bonuses for nothing.
 */
async function cancel(settings: ShopSettings, orderId: string, facts: object): Promise<string | undefined> {
  const send = () => flagsOf(settings, orderId, 'PUT', { status: 'cancelled', ...facts })
  const flags = await send()
  if (flags === undefined) void again(send)
  return flags?.find((flag) => flag.startsWith('reservation-'))?.slice('reservation-'.length)
}

/** A real shop keeps in its database what is still to be said. */
async function again(send: () => Promise<string[] | undefined>): Promise<void> {
  for (const ms of AGAIN_MS) {
    await setTimeout(ms, undefined, { ref: false })
    if ((await send()) !== undefined) return
  }
}

/** Undefined where nobody answers. */
async function flagsOf(
  { apiUrl, secretKey }: ShopSettings,
  orderId: string,
  method: 'GET' | 'PUT',
  body?: object,
): Promise<string[] | undefined> {
  const response = await fetch(`${apiUrl}/v1/orders/${orderId}?storefront=${STOREFRONT}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secretKey}` },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(WITHIN_MS),
  }).catch(() => undefined)
  if (response === undefined || response.status >= 500 || response.status === 429) return undefined
  if (!response.ok) return []
  const { flags = [] } = (await response.json()) as { flags?: string[] }
  return flags
}
