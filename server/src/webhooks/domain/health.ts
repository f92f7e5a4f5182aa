import { DAY_MS, type Instant } from '../../kernel/clock.ts'

const MINUTE_MS = 60_000
const WINDOW_MS = 15 * MINUTE_MS
const WINDOW_LEAST = 10
const WINDOW_FAILED_SHARE = 0.9
export const PROBE_EVERY_MS = 5 * MINUTE_MS
const GIVE_UP_AFTER_MS = 5 * DAY_MS
const GIVE_UP_SPAN_MS = DAY_MS / 2
const PAUSE_MS = MINUTE_MS

export type Health = {
  state: 'ok' | 'failing'
  /** The first failure since the last success. */
  failedSince: Instant | null
  lastSuccessAt: Instant | null
  lastFailureAt: Instant | null
  lastError: string | null
  windowFrom: Instant | null
  windowCount: number
  windowFailed: number
  nextProbeAt: Instant | null
  pausedUntil: Instant | null
  /** When its owner was last told that it fails. */
  announcedAt?: Instant
  /** This time the owner was not told, and will not be told that it is over. */
  quiet?: boolean
}

type Outcome = { error: string | null; status: number | null; retryAfterMs: number | null }

/** `gone` and `given-up`: the endpoint is to be switched off. */
export type Turned = 'failing' | 'recovered' | 'gone' | 'given-up' | null

const EMPTY_WINDOW = { windowFrom: null, windowCount: 0, windowFailed: 0 }

/** Nothing is known of it yet. */
export const HEALTHY: Health = {
  state: 'ok',
  failedSince: null,
  lastSuccessAt: null,
  lastFailureAt: null,
  lastError: null,
  ...EMPTY_WINDOW,
  nextProbeAt: null,
  pausedUntil: null,
}

/** What one attempt says about an endpoint. It turns `failing` and `recovered` by turns, never twice the same. */
export function afterAttempt(
  health: Health,
  outcome: Outcome,
  now: Instant,
): { health: Health; turned: Turned } {
  return outcome.error === null
    ? afterSuccess(health, now)
    : afterFailure(health, outcome.error, outcome, now)
}

function afterSuccess(health: Health, now: Instant): { health: Health; turned: Turned } {
  const recovered = health.state === 'failing'
  return {
    turned: recovered ? 'recovered' : null,
    health: {
      ...health,
      ...(recovered ? EMPTY_WINDOW : counted(health, false, now)),
      state: 'ok',
      failedSince: null,
      lastSuccessAt: now,
      nextProbeAt: null,
      // An answer that was on its way before the 429 does not lift its pause.
      pausedUntil: pausedUntil(health, null, now),
    },
  }
}

function afterFailure(
  health: Health,
  error: string,
  { status, retryAfterMs }: Outcome,
  now: Instant,
): { health: Health; turned: Turned } {
  const pauseMs = status === 429 ? (retryAfterMs ?? PAUSE_MS) : status === 503 ? retryAfterMs : null
  const paused = pausedUntil(health, pauseMs, now)
  const window = health.state === 'ok' && status !== 429 ? counted(health, true, now) : windowOf(health)
  const opened = health.state === 'ok' && status !== 429 && isOpen(window)
  const failing = opened || health.state === 'failing'
  const failed: Health = {
    ...health,
    ...(failing ? EMPTY_WINDOW : window),
    state: failing ? 'failing' : 'ok',
    failedSince: health.failedSince ?? now,
    lastFailureAt: now,
    lastError: error,
    nextProbeAt: failing ? Math.max(now + PROBE_EVERY_MS, paused ?? 0) : null,
    pausedUntil: paused,
  }
  if (status === 410) return { health: failed, turned: 'gone' }
  if (isGivenUp(health, now)) return { health: failed, turned: 'given-up' }
  return { health: failed, turned: opened ? 'failing' : null }
}

function windowOf({ windowFrom, windowCount, windowFailed }: Health) {
  return { windowFrom, windowCount, windowFailed }
}

function counted(health: Health, failed: boolean, now: Instant) {
  const over = health.windowFrom === null || now - health.windowFrom >= WINDOW_MS
  const window = over ? { ...EMPTY_WINDOW, windowFrom: now } : windowOf(health)
  return {
    windowFrom: window.windowFrom,
    windowCount: window.windowCount + 1,
    windowFailed: window.windowFailed + (failed ? 1 : 0),
  }
}

function isOpen({ windowCount, windowFailed }: Pick<Health, 'windowCount' | 'windowFailed'>): boolean {
  return windowCount >= WINDOW_LEAST && windowFailed >= windowCount * WINDOW_FAILED_SHARE
}

/**
 * Five days without a success. The failures before this one must span half a day: one bad minute last week and one now are
 * two accidents, not five days.
 */
function isGivenUp({ failedSince, lastFailureAt }: Health, now: Instant): boolean {
  if (failedSince === null || lastFailureAt === null) return false
  return now - failedSince >= GIVE_UP_AFTER_MS && lastFailureAt - failedSince >= GIVE_UP_SPAN_MS
}

function pausedUntil(health: Health, pauseMs: number | null, now: Instant): Instant | null {
  const until = Math.max(health.pausedUntil ?? 0, pauseMs === null ? 0 : now + pauseMs)
  return until > now ? until : null
}
