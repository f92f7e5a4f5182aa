import { createHmac, randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import type { App } from './apps.ts'
import { bounded } from '../bounded.ts'
import type { Clock } from './clock.ts'
import { postEvent } from './post-event.ts'
import type { Settings } from './settings.ts'

export const EVENT_EFFECTS = ['drop', 'duplicate', 'reorder'] as const

/** One scripted misfortune for the next `times` matching events. */
export interface WebhookFault {
  times: number
  event?: string
  delayMs?: number
  /** `reorder` holds an event until the next one has gone. */
  effect?: (typeof EVENT_EFFECTS)[number]
}

export interface DeliveryRecord {
  deliveryId: string
  clientId: string
  event: string
  body: string
  attempt: number
  at: number
  /** Undefined when there was no answer. */
  status: number | undefined
}

type Queued = Delivery & { fault: WebhookFault | undefined }

interface Delivery {
  id: string
  app: App
  event: string
  body: string
  attempt: number
}

const ATTEMPTS = 4
const RETRY_AFTER_MS = 15 * 60 * 1000
const HELD_AT_MOST_MS = 2000
const MOST_RECORDS = 2000

export type Webhooks = ReturnType<typeof webhooks>

/** Each event goes on its own, in no promised order; only a 200 counts, and after three more tries it is lost. */
export function webhooks(clock: Clock, settings: Settings) {
  const records = bounded<DeliveryRecord>(MOST_RECORDS)
  const underway = new Set<Promise<void>>()
  const leaving = new AbortController()
  setMaxListeners(0, leaving.signal)
  let faults: WebhookFault[] = []
  let queued: Queued[] = []
  let held: Delivery[] = []
  let pump: NodeJS.Immediate | undefined

  const takeFault = (event: string): WebhookFault | undefined => {
    const fault = faults.find((each) => each.event === undefined || each.event === event)
    if (fault && --fault.times <= 0) faults = faults.filter((each) => each !== fault)
    return fault
  }

  const attempt = async (delivery: Delivery): Promise<void> => {
    const { app, id, body } = delivery
    if (settings.outage || leaving.signal.aborted || app.callbackUrl === undefined)
      return retryLater(delivery)
    const status = await postEvent({
      url: app.callbackUrl,
      body,
      headers: {
        'User-Agent': 'Todoist-Webhooks',
        'X-Todoist-Delivery-ID': id,
        'X-Todoist-Hmac-SHA256': createHmac('sha256', app.clientSecret).update(body).digest('base64'),
      },
      signal: leaving.signal,
    })
    records.push({
      deliveryId: id,
      clientId: app.clientId,
      event: delivery.event,
      body,
      attempt: delivery.attempt,
      at: clock.now(),
      status,
    })
    if (status !== 200) retryLater(delivery)
  }

  const retryLater = (delivery: Delivery) => {
    if (delivery.attempt >= ATTEMPTS || leaving.signal.aborted) return
    clock.at(clock.now() + RETRY_AFTER_MS, () => start({ ...delivery, attempt: delivery.attempt + 1 }))
  }

  const start = (delivery: Delivery) => {
    const work = attempt(delivery).finally(() => underway.delete(work))
    underway.add(work)
  }

  const leave = ({ fault, ...delivery }: Queued) => {
    if (fault?.effect === 'reorder') {
      held.push(delivery)
      clock.at(clock.now() + HELD_AT_MOST_MS, release)
      return
    }
    if (fault?.delayMs) return void clock.at(clock.now() + fault.delayMs, () => start(delivery))
    start(delivery)
    if (fault?.effect === 'duplicate') start(delivery)
    if (held.length > 0) void Promise.allSettled(underway).then(release)
  }

  const release = () => {
    const waiting = held
    held = []
    for (const delivery of waiting) start(delivery)
  }

  const flush = () => {
    clearImmediate(pump)
    pump = undefined
    const leavingNow = queued
    queued = []
    for (const delivery of leavingNow) leave(delivery)
  }

  return {
    send(app: App, event: string, body: string) {
      // What befalls it is decided when it happens, not when it leaves.
      const fault = takeFault(event)
      if (settings.webhooksLost || fault?.effect === 'drop') return
      queued.push({ id: randomUUID(), app, event, body, attempt: 1, fault })
      // After the answer of the call that caused it, unless somebody flushes.
      pump ??= setImmediate(flush)
    },
    /** Delivers what waits and comes back when it has been answered. */
    async deliverNow() {
      flush()
      await Promise.allSettled(underway)
    },
    fail: (fault: WebhookFault) => void faults.push({ ...fault }),
    clearFaults() {
      faults = []
    },
    deliveries: () => records.all(),
    stop() {
      leaving.abort()
      clearImmediate(pump)
    },
  }
}
