import type { components } from '@tapline/openapi'
import { parseMoney } from '../../../kernel/money.ts'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import type { OrderFacts } from '../../domain/order.ts'
import type { Projects, Reader } from '../../ports/neighbours.ts'
import { invalidMoney } from './order-handlers.ts'

type Said = Pick<components['schemas']['MyHoldInput'], 'amount' | 'orderAmount' | 'items'>
type Wish = {
  amountMinor: number
  orderAmountMinor: number | undefined
  lines: OrderFacts['lines'] | undefined
}

/** How many bonuses somebody wants put aside, and for what order. */
export function readWish({ projects, reader }: { projects: Projects; reader: Reader }) {
  return async (
    projectId: string,
    { amount, orderAmount, items }: Said,
    pointer = '/amount',
  ): Promise<Wish | Refusal> => {
    const { currency } = await projects.facts(projectId)
    const amountMinor = parseMoney(amount, currency)
    if (amountMinor === undefined || amountMinor === 0) return invalidMoney(pointer, currency)
    if (orderAmount === undefined) return { amountMinor, orderAmountMinor: undefined, lines: undefined }
    const orderAmountMinor = parseMoney(orderAmount, currency)
    if (orderAmountMinor === undefined) return invalidMoney('/orderAmount', currency)
    const goods = await reader.goods(projectId, { amount: orderAmount, items })
    return isRefusal(goods) ? goods : { amountMinor, orderAmountMinor, lines: goods.lines }
  }
}
