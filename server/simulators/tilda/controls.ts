import type { Fault } from './faults.ts'
import type { Site } from './site.ts'
import { payOrder } from './take-order.ts'
import type { Tilda } from './tilda.ts'

export type Controls = ReturnType<typeof controls>

/** What a test or a person can make happen: as the owner in the cabinet, and as the world around the site. */
export function controls(tilda: Tilda) {
  const { webhooks, faults } = tilda
  return {
    site: (): Site => structuredClone(tilda.site),
    /** Settings of the cabinet; what is absent stays. */
    changeSite: (changes: Partial<Site>): void => void Object.assign(tilda.site, structuredClone(changes)),
    /** Tells the address of the webhook that it is connected; Tilda accepts it only if the answer is 200. */
    async connectWebhook(settings: NonNullable<Site['webhook']>) {
      const { status, answer } = await webhooks.probe(settings)
      if (status === 200) tilda.site.webhook = structuredClone(settings)
      return { accepted: status === 200, shown: `[${status ?? 'timeout'}] ${answer}` }
    },
    changePrice({ uid, price }: { uid: string; price: number }) {
      tilda.site.products = tilda.site.products.map((each) => (each.uid === uid ? { ...each, price } : each))
    },
    pay: ({ orderId }: { orderId: string }) => payOrder(tilda, orderId),
    orders: () => [...tilda.orders.values()],
    webhooks: () => webhooks.all(),
    webhooksSettled: async () => void (await webhooks.settled()),
    failNext: (fault: Fault) => faults.plan(fault),
    clearFaults: () => faults.clear(),
    advanceClock: ({ milliseconds }: { milliseconds: number }) => tilda.clock.advance(milliseconds),
    calls: ({ path }: { path?: string } = {}) =>
      tilda.calls.all().filter((call) => path === undefined || call.path.includes(path)),
    clearCalls: () => tilda.calls.clear(),
  }
}
