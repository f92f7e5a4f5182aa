import type { Tapline } from '@tapline/client'

export type Cart = { orderId: string; email: string; amount: string; wantedBonuses: string }
export type Paid = { money: string; bonuses: string; holdId: string | undefined }

/** What the customer will pay: as many bonuses as wanted and allowed, put aside until the money has come. */
export async function beginCheckout(
  tapline: Tapline,
  { orderId, email, amount, wantedBonuses }: Cart,
): Promise<Paid> {
  const customer = { email }
  const quote = await tapline.quoteOrder({ customer, amount, spend: wantedBonuses })
  // A shop sells without bonuses too.
  if (quote.error) return { money: amount, bonuses: '0.00', holdId: undefined }
  const { spend } = quote.data
  const bonuses = spend.possible ? spend.amount : spend.most
  if (Number(bonuses) === 0) return { money: amount, bonuses, holdId: undefined }
  const hold = await tapline.createHold({ customer, orderId, amount: bonuses, orderAmount: amount })
  if (hold.error) return { money: amount, bonuses: '0.00', holdId: undefined }
  return { money: (Number(amount) - Number(bonuses)).toFixed(2), bonuses, holdId: hold.data.id }
}

/** The money has come: the order is paid, with what was put aside for it. */
export async function finishCheckout(tapline: Tapline, { orderId, email, amount }: Cart, { holdId }: Paid) {
  const { data, error } = await tapline.putOrder({
    orderId,
    status: 'paid',
    customer: { email },
    amount,
    ...(holdId === undefined ? {} : { holdId }),
  })
  if (error) throw error
  return data
}

/** The customer went away. */
export async function abandonCheckout(tapline: Tapline, { holdId }: Paid): Promise<void> {
  if (holdId !== undefined) await tapline.voidHold({ holdId })
}
