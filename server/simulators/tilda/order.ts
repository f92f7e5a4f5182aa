export interface OrderedProduct {
  name: string
  sku?: string
  externalid?: string
  quantity: number
  price: number
  amount: number
  options?: Array<{ option: string; variant: string; price?: number }>
}

export interface Order {
  id: string
  at: number
  formId: string
  paid: boolean
  sys: string
  systranid: string
  /** What was typed into the form and what hidden fields bring, by the names of the fields. */
  fields: Record<string, string>
  products: OrderedProduct[]
  promocode: string | undefined
  discountvalue: string | undefined
  discount: number | undefined
  subtotal: number
  delivery: string | undefined
  deliveryPrice: number
  amount: number
}

type Loose = Record<string, unknown>

/** The cart as the browser described it; Tilda counts nothing again. */
export function orderFrom(
  cart: Loose,
  head: Pick<Order, 'id' | 'at' | 'formId' | 'paid' | 'sys' | 'systranid' | 'fields'>,
): Order {
  const promo = cart.promocode as Loose | undefined
  const delivery = cart.delivery as Loose | undefined
  return {
    ...head,
    products: (Array.isArray(cart.products) ? (cart.products as Loose[]) : []).map((product) => ({
      name: text(product.name),
      ...(product.sku === undefined ? {} : { sku: text(product.sku) }),
      ...(product.uid === undefined ? {} : { externalid: text(product.uid) }),
      quantity: Number(product.quantity ?? 1),
      price: Number(product.price ?? 0),
      amount: Number(product.amount ?? 0),
      ...(Array.isArray(product.options) && { options: product.options as OrderedProduct['options'] & {} }),
    })),
    promocode: promo === undefined ? undefined : text(promo.promocode),
    discountvalue:
      promo === undefined
        ? undefined
        : promo.discountsum === undefined
          ? `${text(promo.discountpercent)}%`
          : text(promo.discountsum),
    discount: cart.prodamount_discountsum === undefined ? undefined : Number(cart.prodamount_discountsum),
    subtotal: Number(cart.prodamount ?? 0),
    delivery: delivery === undefined ? undefined : text(delivery.name),
    deliveryPrice: Number(delivery?.price ?? 0),
    amount: Number(cart.amount ?? 0),
  }
}

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''
