import type { Notice, NoticeStore } from './ports/notice-store.ts'

/** What a channel may answer; what to do about each is decided here. */
export type ChannelAnswer =
  | { outcome: 'sent' }
  | { outcome: 'unreachable'; why: string }
  | { outcome: 'moved'; address: string }
  | { outcome: 'paced'; afterMs: number }
  | { outcome: 'retry'; afterMs: number | undefined; why: string }
  | { outcome: 'refused'; why: string }
  | { outcome: 'bad-text'; why: string }
  | { outcome: 'no-channel' }

export type Channel = (projectId: string, address: string, html: string) => Promise<ChannelAnswer>

type Dependencies = {
  notices: NoticeStore
  channels: Readonly<Record<string, Channel>>
  markUnreachable: (projectId: string, customerId: string, why: string) => Promise<void>
}

const SLICE = 50
const AT_ONCE = 8
const HOLD_MS = 60_000
// With waits of up to an hour: two days of an outage.
const MAX_ATTEMPTS = 60
const LONGEST_WAIT_MS = 3_600_000
const REFUSED_WAIT_MS = 600_000

/** Sends what is due, some at once. A channel that is down costs its notices time, and nobody else anything. */
export function sendNotices({ notices, channels, markUnreachable }: Dependencies) {
  async function sendOne(notice: Notice): Promise<void> {
    const channel = channels[notice.channel]
    const answer: ChannelAnswer =
      channel === undefined
        ? { outcome: 'no-channel' }
        : await channel(notice.projectId, notice.address, notice.text)
    switch (answer.outcome) {
      case 'sent':
        return notices.finish(notice, 'sent', null)
      case 'paced':
        return notices.postpone(notice, answer.afterMs)
      case 'moved':
        return notice.attempts >= MAX_ATTEMPTS
          ? notices.finish(notice, 'failed', 'moved again and again')
          : notices.readdress(notice, answer.address)
      case 'unreachable':
        if (notice.customerId !== null) await markUnreachable(notice.projectId, notice.customerId, answer.why)
        return notices.finish(notice, 'unreachable', answer.why)
      case 'bad-text':
        return notices.finish(notice, 'failed', answer.why)
      case 'no-channel':
        return notices.finish(notice, 'failed', 'the project has no such channel any more')
      case 'refused':
        return again(notice, REFUSED_WAIT_MS, answer.why)
      case 'retry':
        // Told to wait is no failure.
        if (answer.afterMs !== undefined) return notices.postpone(notice, answer.afterMs)
        return again(notice, backoff(notice.attempts), answer.why)
    }
  }

  function again(notice: Notice, afterMs: number, why: string): Promise<void> {
    return notice.attempts + 1 >= MAX_ATTEMPTS
      ? notices.finish(notice, 'failed', why)
      : notices.retry(notice, afterMs, why)
  }

  return async (): Promise<boolean> => {
    const due = await notices.claim(SLICE, HOLD_MS)
    const queue = due[Symbol.iterator]()
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        for (const notice of queue) await sendOne(notice)
      }),
    )
    return due.length === SLICE
  }
}

function backoff(attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** attempts) * (0.75 + Math.random() * 0.5)
}
