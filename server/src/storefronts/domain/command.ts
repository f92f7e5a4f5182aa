/** What a storefront's request means, whatever its wire form was. The contexts behind the door see nothing else of it. */
export type Command = Purchase | Registration | Spend | Refund

/** Normalised: e-mail folded to lower case, phone in E.164. At least one is present. */
export type Contact = { email?: string; phone?: string; externalId?: string }

export type OrderLine = {
  externalId?: string
  sku?: string
  name?: string
  /** As sent: fractions are allowed (kilograms, metres). */
  quantity: number
  totalMinor: number
  category?: string
  delivery?: boolean
  sale?: boolean
}

/** utm_source → value, and the like; as sent, trimmed, at most 200 characters each. */
export type Marks = Record<string, string>

export type Purchase = {
  kind: 'purchase'
  storefront: string
  orderId: string
  contact: Contact
  /** Gross, before bonuses. */
  amountMinor: number
  currency: string
  paid: boolean
  lines: OrderLine[]
  name?: string
  description?: string
  referralCode?: string
  promoCode?: string
  discountMinor?: number
  /** The code of a hold that was made before the order had an id. */
  reservation?: string
  /** `amountMinor` is what is left after the discount. */
  afterDiscount?: boolean
  utm?: Marks
}

export type Registration = {
  kind: 'register'
  contact: Contact
  name?: string
  birthday?: string
  telegramId?: string
  locale?: 'ru' | 'en' | 'kk'
  referralCode?: string
  utm?: Marks
}

export type Spend = {
  kind: 'spend'
  storefront: string
  orderId: string
  contact: Contact
  amountMinor: number
  orderAmountMinor?: number
}

/** Of a line, named as the order named it: by sku, else external id, else name. */
export type ReturnedLine = { key: string; quantity: number }

/** Goods came back: an amount of the gross, lines, or, with neither, all that is left. */
export type Refund = {
  kind: 'refund'
  storefront: string
  orderId: string
  /** What tells one refund of the order from another. */
  refundId: string
  amountMinor?: number
  lines?: ReturnedLine[]
  reason?: string
  /** Needed only while the order is unknown. */
  contact?: Contact
}
