export interface Product {
  uid: string
  name: string
  price: number
  oldPrice?: number
  sku?: string
  text: string
  options?: { name: string; values: Array<{ name: string; extra: number }> }
  picture: { shape: 'mug' | 'candle' | 'plant' | 'bag' | 'lamp' | 'vase'; hue: number }
}

export interface Delivery {
  name: string
  price: number
  /** From this sum of goods on, after the discount, it is free; 0 is never. */
  freedl: number
}

export interface KnownPromoCode {
  code: string
  discountsum?: number
  discountpercent?: number
  /** How often it may be used; endless when absent. */
  uses?: number
}

export type WireForm = 'A' | 'B' | 'C'

export interface WebhookSettings {
  url: string
  /** A: urlencoded, `payment` as JSON text; B: urlencoded with brackets; C: a JSON object. */
  form: WireForm
  /** In forms A and C the products may be objects or strings; B knows objects only. */
  products: 'objects' | 'strings'
  /** Escaped for HTML, as old sites do; form A only. */
  escaped: boolean
  key: { name: string; value: string; place: 'body' | 'header' | 'url' } | null
}

/** What the owner sets in the cabinet of the site. */
export interface Site {
  name: string
  currency: 'RUB' | 'KZT'
  products: Product[]
  deliveries: Delivery[]
  promoCodes: KnownPromoCode[]
  /** The HTML of the T123 block, as it is. */
  snippet: string
  /** The T123 block of the members area. */
  membersSnippet: string
  webhook: WebhookSettings | null
  onlyAfterPayment: boolean
  /** The cart has a field for promo codes. */
  promoBlock: boolean
  carts: 1 | 2
  /** How long the cart's script takes. */
  cartDelayMs: number
  /** Orders with a promo code that the site does not know are refused. Whether the real one does is not known. */
  refusesUnknownPromoCodes: boolean
  /** Content-Security-Policy of the pages. */
  policy: string | null
}

export const USUAL_SITE: Site = {
  name: 'Тихий дом',
  currency: 'RUB',
  products: [
    {
      uid: '700100200301',
      name: 'Кружка «Туман»',
      price: 1490,
      sku: 'MUG-FOG',
      text: 'Ручная работа, матовая глазурь, 320 мл. Хранит тепло и не спорит с чаем.',
      picture: { shape: 'mug', hue: 200 },
    },
    {
      uid: '700100200302',
      name: 'Свеча «Сосна»',
      price: 990,
      sku: 'CND-PINE',
      text: 'Соевый воск, хлопковый фитиль, сорок часов хвойного леса.',
      options: {
        name: 'Размер',
        values: [
          { name: '150 мл', extra: 0 },
          { name: '300 мл', extra: 700 },
        ],
      },
      picture: { shape: 'candle', hue: 140 },
    },
    {
      uid: '700100200303',
      name: 'Ваза «Дюна»',
      price: 3200,
      oldPrice: 3900,
      sku: 'VAS-DUNE',
      text: 'Керамика песочного цвета. Хороша и без цветов.',
      picture: { shape: 'vase', hue: 30 },
    },
    {
      uid: '700100200304',
      name: 'Фикус в горшке',
      price: 2100,
      sku: 'PLT-FICUS',
      text: 'Неприхотлив: свет, вода раз в неделю и доброе слово.',
      picture: { shape: 'plant', hue: 100 },
    },
    {
      uid: '700100200305',
      name: 'Лампа «Полдень»',
      price: 5400,
      sku: 'LMP-NOON',
      text: 'Тёплый свет, бумажный абажур, лампочка в подарок.',
      picture: { shape: 'lamp', hue: 45 },
    },
    {
      uid: '700100200306',
      name: 'Сумка-шопер',
      price: 750,
      sku: 'BAG-01',
      text: 'Плотный лён. Выдержит двенадцать килограммов яблок.',
      picture: { shape: 'bag', hue: 350 },
    },
  ],
  deliveries: [
    { name: 'Самовывоз', price: 0, freedl: 0 },
    { name: 'Курьер', price: 300, freedl: 3000 },
  ],
  promoCodes: [{ code: 'ЛЕТО10', discountpercent: 10 }],
  snippet: '',
  membersSnippet: '<div data-tapline="account"></div>',
  webhook: null,
  onlyAfterPayment: false,
  promoBlock: true,
  carts: 1,
  cartDelayMs: 0,
  refusesUnknownPromoCodes: false,
  policy: null,
}
