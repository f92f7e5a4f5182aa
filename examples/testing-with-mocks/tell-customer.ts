import type { TaplineEvent } from '@tapline/client'
import { receiveWebhook } from '@tapline/signing/fetch'

/** The shop's address for Tapline's events: thanks for bonuses, warns before they end, and does so once. */
export function tellCustomer(secret: string, send: (customerId: string, text: string) => void) {
  const seen = new Set<string>()
  return receiveWebhook<TaplineEvent>({ secrets: [secret] }, (event) => {
    if (seen.has(event.id)) return
    seen.add(event.id)
    if (event.type === 'bonus.awarded') send(event.data.customerId, `+${event.data.amount}, thank you!`)
    if (event.type === 'bonus.expiring') send(event.data.customerId, `${event.data.amount} will end soon`)
  })
}
