import type { Config, Role } from './config.ts'
import type { postgresInbox } from './inbox/postgres-inbox.ts'
import { DAY_MS } from './kernel/clock.ts'
import type { postgresOutbox, Sink } from './outbox/postgres-outbox.ts'
import { repeat, type Repeating } from './queue/repeat.ts'
import type { Metrics } from './telemetry/metrics.ts'

/** Resolves to true when there is more to do at once. */
type Work = () => Promise<boolean>

type Dependencies = {
  roles: ReadonlySet<Role>
  config: Pick<Config, 'bodyDays' | 'eventDays'>
  inbox: ReturnType<typeof postgresInbox>
  outbox: ReturnType<typeof postgresOutbox>
  idempotencyKeys: { forget(): Promise<number> }
  loyalty: { settleTime: { next: Work }; giveBirthdays: Work; proving: { due: Work } }
  /** What becomes of events, in this order. */
  sinks: readonly Sink[]
  notices: { send: Work }
  webhooks: {
    deliver: Work
    replayPiece: Work
    wake: () => void
    onWake: (look: () => void) => void
    forgetRemoved: () => Promise<number>
    forget: (days: number) => Promise<number>
  }
  messenger: { settle: Work; bringLate: Work; takeInPushed: Work }
  attachments: { sweep: Work; clean: () => Promise<void> }
  telegram: { sweep: Work; poll: Work; forgetDone: Work }
  bot: { forgetLinks: Work }
  desk: { sweep: Work }
  board: { sweep: Work; forgetDone: Work }
  support: { tick: { next: Work }; tellWeeks: Work }
  metrics: Metrics
  /** Tells the workers; false when nobody can be told. */
  wake: (projectId: string) => Promise<boolean>
  /** The next slice of a project; true when there is more. */
  runSlice: (projectId: string) => Promise<boolean>
  onError: (where: string) => (error: unknown) => void
}

const SWEEP_MS = 1_000
const RELAY_MS = 250
const SEND_MS = 250
const REPLAY_MS = 500
const CHAT_MS = 500
const PUSHED_MS = 100
const LINES_MS = 500
const POLL_MS = 1_000
const DESK_MS = 3_000
const BOARD_MS = 250
const SETTLE_MS = 5_000
const BIRTHDAYS_MS = 60_000
const HOUR_MS = DAY_MS / 24
const WEEKS_MS = HOUR_MS / 12

/** What each role does again and again, whether or not anybody asks. */
export function startLoops({ roles, onError, ...parts }: Dependencies): Repeating[] {
  const start = (name: string, everyMs: number, work: Work) =>
    repeat(work, { everyMs, onError: onError(name) })
  return [
    ...(roles.has('worker') ? ofWorker(start, parts) : []),
    ...(roles.has('relay')
      ? [start('relay', RELAY_MS, relay(parts)), start('chat-relay', CHAT_MS, parts.messenger.settle)]
      : []),
    ...(roles.has('gateway') ? ofGateway(start, parts) : []),
    ...(roles.has('scheduler') ? ofScheduler(start, parts) : []),
  ]
}

type Start = (name: string, everyMs: number, work: Work) => Repeating
type Parts = Omit<Dependencies, 'roles' | 'onError'>

function ofWorker(
  start: Start,
  { inbox, wake, runSlice, notices, webhooks, telegram, desk, board }: Parts,
): Repeating[] {
  // What has waited longer than a wake-up takes lost its job, or waits for its next attempt.
  const sweep = async () => {
    let more = false
    for (const projectId of await inbox.projectsWithWork(SWEEP_MS))
      if (!(await wake(projectId))) more = (await runSlice(projectId)) || more
    return more
  }
  const delivering = start('webhooks', SEND_MS, webhooks.deliver)
  webhooks.onWake(delivering.nudge)
  return [
    delivering,
    start('sweeper', SWEEP_MS, sweep),
    start('notices', SEND_MS, notices.send),
    start('replays', REPLAY_MS, webhooks.replayPiece),
    start('telegram-lines', LINES_MS, telegram.sweep),
    start('telegram-poll', POLL_MS, telegram.poll),
    start('desk', DESK_MS, desk.sweep),
    start('board', BOARD_MS, board.sweep),
  ]
}

function ofGateway(start: Start, { messenger }: Parts): Repeating[] {
  return [
    start('chat-late', CHAT_MS, messenger.bringLate),
    start('chat-pushed', PUSHED_MS, messenger.takeInPushed),
  ]
}

function relay({ outbox, sinks, webhooks, metrics }: Parts): Work {
  return async () => {
    const relayed = await outbox.relay(sinks)
    metrics.relayed.inc(relayed)
    if (relayed > 0) webhooks.wake()
    return relayed > 0
  }
}

function ofScheduler(
  start: Start,
  { config, inbox, idempotencyKeys, loyalty, webhooks, attachments, telegram, bot, support, board }: Parts,
): Repeating[] {
  const untilNone =
    (forget: () => Promise<number>): Work =>
    async () =>
      (await forget()) > 0
  return [
    start('scheduler', SETTLE_MS, loyalty.settleTime.next),
    start('birthdays', BIRTHDAYS_MS, loyalty.giveBirthdays),
    start('books', SETTLE_MS, loyalty.proving.due),
    start('tickets', SETTLE_MS, support.tick.next),
    start('weeks', WEEKS_MS, support.tellWeeks),
    start('attachments', SETTLE_MS, attachments.sweep),
    start('uploads', HOUR_MS, async () => (await attachments.clean(), false)),
    start('telegram-done', HOUR_MS, telegram.forgetDone),
    start('telegram-links', HOUR_MS, bot.forgetLinks),
    start('board-done', HOUR_MS, board.forgetDone),
    start('endpoints', SETTLE_MS, untilNone(webhooks.forgetRemoved)),
    start(
      'bodies',
      HOUR_MS,
      untilNone(() => inbox.forgetBodies(config.bodyDays)),
    ),
    start(
      'events',
      HOUR_MS,
      untilNone(() => webhooks.forget(config.eventDays)),
    ),
    start(
      'idempotency',
      HOUR_MS,
      untilNone(() => idempotencyKeys.forget()),
    ),
  ]
}
