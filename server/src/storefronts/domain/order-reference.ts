import type { ErrorSheet } from './error-sheet.ts'
import { printable } from './text.ts'

export const MAX_ORDER_ID = 100
const STOREFRONT = /^[a-z0-9][a-z0-9_.-]{0,49}$/

export type ReferencePayload = { orderId: string | number; storefront?: string }

/** Which order it is about; `api` is where orders are made that name no storefront. */
export function referenceIn(
  payload: ReferencePayload,
  sheet: ErrorSheet,
): { storefront: string; orderId: string } {
  const orderId = printable(payload.orderId) ?? ''
  if (orderId === '' || orderId.length > MAX_ORDER_ID)
    sheet.add('/orderId', 'invalid-order-id', `An order id has 1 to ${MAX_ORDER_ID} characters.`)
  const storefront = printable(payload.storefront)?.toLowerCase() ?? 'api'
  if (!STOREFRONT.test(storefront))
    sheet.add('/storefront', 'invalid-storefront', 'A storefront is a word of letters, digits, - _ or .')
  return { storefront, orderId }
}
