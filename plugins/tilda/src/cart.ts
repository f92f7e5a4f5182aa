import { decimalOf, type Cart } from '@tapline/storefront'
import { tilda, type TildaCart } from './tilda-page.ts'

const minor = (amount: number | string | undefined): number => Math.round(Number(amount ?? 0) * 100) || 0

const kept = ({ products }: TildaCart) => products.filter(({ deleted }) => deleted !== 'yes')

/** The goods of the cart in hundredths; 0 where there is none. */
export function goodsMinor(cart: TildaCart): number {
  return kept(cart).reduce((sum, { amount }) => sum + minor(amount), 0)
}

/** What the delivery costs where the goods come to so much, and from what sum on it costs nothing. */
export function deliveryMinor({ delivery }: TildaCart, goods: number): number {
  const free = minor(delivery?.freedl)
  return free && goods >= free ? 0 : minor(delivery?.price)
}

/** From what sum on the delivery is free, if bonuses of `spent` would take that away. */
export function lostFreeDelivery({ delivery }: TildaCart, goods: number, spent: number): number {
  const free = minor(delivery?.freedl)
  return minor(delivery?.price) && goods >= free && goods - spent < free ? free : 0
}

/** What the shopper pays for, before bonuses. A discount of the shop's own has been taken off. */
export function orderOf(cart: TildaCart, isOurs: boolean): Cart {
  const goods = goodsMinor(cart)
  const discount = minor(cart.prodamount_discountsum)
  const delivery = deliveryMinor(cart, goods - discount)
  if (cart.promocode && !isOurs) return { amount: decimalOf(goods - discount + delivery) }
  const items = kept(cart).map(({ name, sku, price, quantity }) => ({
    ...{ name, price: decimalOf(minor(price)), quantity: Number(quantity) },
    ...(sku && { sku }),
  }))
  return {
    amount: decimalOf(goods + delivery),
    items: delivery
      ? [
          ...items,
          { name: cart.delivery?.name || '-', price: decimalOf(delivery), quantity: 1, delivery: true },
        ]
      : items,
  }
}

const groups = () => document.querySelectorAll<HTMLElement>('.t706 .t-input-group_pc')

/** There is a field for promo codes in the cart. */
export const hasPromoBlock = (): boolean => groups().length > 0

/** Gives the cart a discount under a code of ours, in money. */
export function takeOff(code: string, amount: number): void {
  const promo = { promocode: code, discountsum: amount, message: '' }
  // What the shop said of a code that was typed before is not said of ours.
  for (const group of groups()) group.querySelector('.t-input-error')?.replaceChildren()
  if (hasPromoBlock() && tilda.t_input_promocode__addPromocode) tilda.t_input_promocode__addPromocode(promo)
  else tilda.tcart!.promocode = promo
  recount()
}

/** Takes the promo code out of the cart, whosever it is, and gives its field back. */
export function putBack(): void {
  const { tcart } = tilda
  if (!tcart) return
  delete tcart.promocode
  delete tcart.prodamount_discountsum
  delete tcart.prodamount_withdiscount
  for (const group of groups()) {
    const wrapper = group.querySelector<HTMLElement>('.t-inputpromocode__wrapper')
    if (!wrapper) continue
    // Tilda says beside the field that a code was applied.
    for (const other of [...(wrapper.parentElement?.children ?? [])]) if (other !== wrapper) other.remove()
    wrapper.hidden = false
    wrapper.style.removeProperty('display')
    const input = group.querySelector('input')
    if (input) input.value = ''
    tilda.t_input_promocode_init?.(
      group.closest('.t-rec')?.id.replace('rec', '') ?? '',
      group.dataset.inputLid ?? '',
    )
  }
  recount()
}

function recount(): void {
  tilda.tcart__updateTotalProductsinCartObj?.()
  tilda.tcart__reDrawTotal?.()
  tilda.tcart__saveLocalObj?.()
}

/** Types a code that the shop knows into its own field and clicks; the shop's server decides. */
export function typeCode(code: string): void {
  const [group] = groups()
  const input = group?.querySelector('input')
  if (!input) return
  input.value = code
  for (const name of ['input', 'change']) input.dispatchEvent(new Event(name, { bubbles: true }))
  group!.querySelector<HTMLElement>('.t-inputpromocode__btn')?.click()
}

/** The shop says that it does not take the code that was typed. */
export const isRefused = (): boolean =>
  [...groups()].some((group) => group.querySelector('.t-input-error')?.textContent)

/** Every form of a cart brings this to the webhook, or none does. */
export function bring(name: 'tapline_reservation' | 'referral_code', value: string | undefined): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('.t706 form')) {
    const there = form.querySelector<HTMLInputElement>(`input[type=hidden][name=${name}]`)
    if (!value) there?.remove()
    else if (there) there.value = value
    else {
      const field = document.createElement('input')
      field.type = 'hidden'
      field.name = name
      field.value = value
      form.append(field)
    }
  }
}
