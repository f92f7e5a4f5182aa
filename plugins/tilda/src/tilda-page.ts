/** A line of Tilda's cart. */
export interface TildaProduct {
  name: string
  price: number | string
  quantity: number | string
  amount: number | string
  sku?: string
  deleted?: string
}

/** Tilda's cart, as its own script keeps it in `window.tcart`. Numbers may be text. */
export interface TildaCart {
  products: TildaProduct[]
  prodamount?: number
  amount?: number
  delivery?: { name?: string; price?: number | string; freedl?: number | string }
  promocode?: { promocode: string; discountsum?: number | string; discountpercent?: number | string }
  prodamount_discountsum?: number
  prodamount_withdiscount?: number
}

/** What Tilda's scripts give the page; each may come late or never. */
export interface TildaPage {
  tcart?: TildaCart
  tcart__updateTotalProductsinCartObj?(): void
  tcart__reDrawTotal?(): void
  tcart__saveLocalObj?(): void
  t_input_promocode__addPromocode?(promo: { promocode: string; discountsum: number; message: string }): void
  t_input_promocode_init?(recordId: string, inputId: string): void
  mauser?: { name?: string }
}

export const tilda = window as TildaPage
