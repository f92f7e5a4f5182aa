import type { Shop } from '../state.ts'
import { Desk } from './desk.ts'
import { judgeTier, settleTime } from './settle-time.ts'

/** Every decision begins with what time has done. */
export function openDesk(shop: Shop, customerId: string): Desk {
  settleTime(shop)
  const desk = new Desk(shop, customerId)
  judgeTier(desk)
  return desk
}
