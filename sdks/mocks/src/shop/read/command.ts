/** What a request means, whatever its form was. E-mails in lower case, phones as +digits. */
export type Contact = { email?: string; phone?: string; externalId?: string }

export type OrderLine = {
  externalId?: string
  sku?: string
  name?: string
  quantity: number
  totalMinor: number
  category?: string
  delivery?: boolean
  sale?: boolean
}

type OfOrder = { storefront: string; orderId: string }
export type ReturnedLine = { key: string; quantity: number }

export type Purchase = OfOrder & {
  kind: 'purchase'
  contact: Contact
  amountMinor: number
  currency: string
  paid: boolean
  lines: OrderLine[]
  name?: string
  referralCode?: string
  /** Upper case, as codes are compared. */
  reservation?: string
  promoCode?: string
  discountMinor?: number
  utm?: Record<string, string>
}
export type Registration = {
  kind: 'register'
  contact: Contact
  name?: string
  birthday?: string
  telegramId?: string
  locale?: string
}
export type Spend = OfOrder & {
  kind: 'spend'
  contact: Contact
  amountMinor: number
  orderAmountMinor?: number
}
export type Refund = OfOrder & {
  kind: 'refund'
  contact?: Contact
  refundId: string
  amountMinor?: number
  lines?: ReturnedLine[]
  reason?: string
}
export type Command = Purchase | Registration | Spend | Refund

/** What names a line, for a refund as for a repeat of its order. */
export function lineKey({ sku, externalId, name }: Partial<OrderLine>): string {
  return sku ?? externalId ?? name ?? ''
}

/** Without the members that are undefined. */
export function known<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as T
}
