import type { bounded } from '../bounded.ts'
import type { Clock } from './clock.ts'
import type { faults } from './faults.ts'
import type { Order } from './order.ts'
import type { OrderWebhooks } from './order-webhooks.ts'
import type { Site } from './site.ts'

export interface Call {
  at: number
  method: string
  path: string
  body: string
  status: number | undefined
}

/** Everything that the site is made of. */
export interface Tilda {
  site: Site
  clock: Clock
  faults: ReturnType<typeof faults>
  calls: ReturnType<typeof bounded<Call>>
  webhooks: OrderWebhooks
  orders: Map<string, Order>
  /** How often each promo code was used. */
  uses: Map<string, number>
}
