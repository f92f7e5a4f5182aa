import type { Bot } from './bots.ts'
import type { MovableClock } from './clock.ts'
import type { Faults } from './faults.ts'
import type { Settings } from './settings.ts'
import type { QueuedUpdate } from './updates.ts'
import type { WebhookTarget } from './webhook-target.ts'
import { postUpdate, type Delivery } from './post-update.ts'

interface Attempts {
  failures: number
  delaySeconds: number
  wakeUpAt: number
}

interface Webhook {
  target: WebhookTarget | undefined
  setAt: number
  busy: Map<string, AbortController>
  attempts: WeakMap<QueuedUpdate, Attempts>
  lastError: { at: number; message: string } | undefined
  goneSince: number | undefined
}

export type RunReply = (bot: Bot, method: string, parameters: Record<string, unknown>) => void

const LOST: Delivery = { ok: false, error: 'Read timeout expired', status: undefined, retryAfterSeconds: 0 }
const LONGEST_RETRY_AFTER_SECONDS = 3600
const LONGEST_DELAY_SECONDS = 60
const GONE_FOR_MS = 23 * 60 * 60 * 1000

export type Webhooks = ReturnType<typeof webhooks>

/** Delivers each line of updates strictly in order and different lines side by side, as WebhookActor.cpp does. */
export function webhooks(
  clock: MovableClock,
  settings: Settings,
  faults: Pick<Faults, 'takeForUpdate'>,
  runReply: RunReply,
) {
  const byBot = new Map<number, Webhook>()

  const webhookOf = (bot: Bot): Webhook => {
    const known = byBot.get(bot.id)
    if (known) return known
    const webhook: Webhook = {
      target: undefined,
      setAt: -Infinity,
      busy: new Map(),
      attempts: new WeakMap(),
      lastError: undefined,
      goneSince: undefined,
    }
    byBot.set(bot.id, webhook)
    bot.updates.onAdded(() => send(bot, webhook))
    return webhook
  }

  const send = (bot: Bot, webhook: Webhook) => {
    if (!webhook.target || settings.outage) return
    const seen = new Set(webhook.busy.keys())
    for (const queued of bot.updates.pending()) {
      if (webhook.busy.size >= webhook.target.maxConnections) return
      if (seen.has(queued.queue)) continue
      seen.add(queued.queue)
      if ((webhook.attempts.get(queued)?.wakeUpAt ?? 0) <= clock.now()) {
        void deliver(bot, webhook, webhook.target, queued)
      }
    }
  }

  const deliver = async (bot: Bot, webhook: Webhook, target: WebhookTarget, queued: QueuedUpdate) => {
    const leaving = new AbortController()
    webhook.busy.set(queued.queue, leaving)
    const posted = await postUpdate({ target, update: queued.update, clock, signal: leaving.signal })
    if (webhook.busy.get(queued.queue) !== leaving) return
    webhook.busy.delete(queued.queue)

    const fault =
      posted.ok && !queued.isRepeat
        ? faults.takeForUpdate(['duplicate', 'drop-answer'], queued.chat)
        : undefined
    const delivery = fault?.effect === 'drop-answer' ? LOST : posted
    if (delivery.ok) {
      webhook.goneSince = undefined
      queued.isRepeat = fault?.effect === 'duplicate'
      if (!queued.isRepeat) bot.updates.forget(queued)
      if (delivery.reply) runReply(bot, delivery.reply.method, delivery.reply.parameters)
    } else {
      webhook.lastError = { at: clock.now(), message: delivery.error }
      webhook.goneSince = delivery.status === 410 ? (webhook.goneSince ?? clock.now()) : undefined
      if (webhook.goneSince !== undefined && clock.now() - webhook.goneSince > GONE_FOR_MS) {
        return void set(bot, undefined)
      }
      const attempts = nextAttempt(webhook.attempts.get(queued), delivery.retryAfterSeconds, clock.now())
      if (attempts.wakeUpAt > queued.expiresAt) bot.updates.forget(queued)
      webhook.attempts.set(queued, attempts)
      clock.at(attempts.wakeUpAt, () => send(bot, webhook))
    }
    send(bot, webhook)
  }

  const set = (bot: Bot, target: WebhookTarget | undefined) => {
    const webhook = webhookOf(bot)
    for (const delivery of webhook.busy.values()) delivery.abort()
    webhook.busy.clear()
    Object.assign(webhook, { target, attempts: new WeakMap(), lastError: undefined, goneSince: undefined })
    if (target) webhook.setAt = clock.now()
    send(bot, webhook)
  }

  return {
    set,
    state: (bot: Bot): Readonly<Webhook> => webhookOf(bot),
    resume(bots: Bot[]) {
      for (const bot of bots) send(bot, webhookOf(bot))
    },
    stop() {
      for (const webhook of byBot.values()) {
        webhook.target = undefined
        for (const delivery of webhook.busy.values()) delivery.abort()
      }
    },
  }
}

function nextAttempt(before: Attempts | undefined, retryAfter: number, now: number): Attempts {
  const { failures, delaySeconds } = before ?? { failures: 0, delaySeconds: 1 }
  const asked = Math.min(Math.max(retryAfter, 0), LONGEST_RETRY_AFTER_SECONDS)
  if (asked > 0 || failures === 0) {
    return { failures: failures + 1, delaySeconds, wakeUpAt: now + asked * 1000 }
  }
  const longest = LONGEST_DELAY_SECONDS * (1 + Math.random())
  const delay = Math.min(longest, delaySeconds * 2)
  return { failures: failures + 1, delaySeconds: delay, wakeUpAt: now + delay * 1000 }
}
