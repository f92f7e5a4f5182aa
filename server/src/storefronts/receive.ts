import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import type { acceptOrders } from './accept-orders.ts'
import type { Admission, AdmissionRefusalCode, admit } from './admit.ts'
import type { Command } from './domain/command.ts'
import type { DoorAnswer, Outcome } from './domain/door-answer.ts'
import type { DoorRequest } from './domain/door-request.ts'
import { rulesOf, type ReadingError, type ReadingRefusal, type ReadingRules } from './domain/reading.ts'
import type { RequestLog } from './log-request.ts'
import type { DoorLimiter, DoorProjects, Verify } from './ports/door-keeping.ts'
import type { RequestReader } from './read-request.ts'

export type DoorRefusalCode =
  AdmissionRefusalCode | 'order-conflict' | 'refund-conflict' | 'result-pending' | ReadingRefusal['refused']

type Dependencies = {
  projects: DoorProjects
  verify: Verify
  limiter: DoorLimiter
  admit: ReturnType<typeof admit>
  reader: RequestReader
  parsePhone: ReadingRules['parsePhone']
  accept: ReturnType<typeof acceptOrders>
  log: RequestLog
}

const WRONG_SECRETS_PER_MINUTE = 60
const DECOY = [`whsec_${Buffer.alloc(32, 7).toString('base64')}`]

/** The one door: a request in any format becomes one durable row, and the answer says what became of it. */
export function receive({
  projects,
  verify,
  limiter,
  admit: mayEnter,
  reader,
  parsePhone,
  accept,
  log,
}: Dependencies) {
  return async (request: DoorRequest): Promise<DoorAnswer> => {
    const project = await projects.byWebhookSecret(request.webhookSecret)
    // An unknown secret costs the same work as a wrong signature, so that time tells nothing.
    const signature = verify({
      headers: request.headers,
      body: request.body,
      secrets: project?.signingSecrets ?? DECOY,
    })
    if (project === undefined) return { locale: undefined, ...(await turnStrangerAway(request)) }

    const admission: Admission =
      request.unread === undefined
        ? await mayEnter(project, request, signature)
        : { format: 'unknown', refusal: refuse(request.unread) }
    const { format, allowance } = admission
    const answer = (outcome: Outcome): DoorAnswer => ({
      locale: project.locale,
      allowance,
      plain: format === 'tilda',
      ...outcome,
    })
    const turnAway = (refusal: Refusal, errors?: ReadingError[]): DoorAnswer => {
      const inboxItemId = log.rejected(project, request, format, refusal, errors)
      // The log tells the owner why; the caller is told what a stranger is, so that nothing helps to guess.
      if (refusal.refused === 'unauthorized') return { locale: undefined, refusal: refuse('unauthorized') }
      const retry = allowance?.allowed === false ? { retryAfterSeconds: allowance.resetSeconds } : {}
      return answer({ refusal, errors, inboxItemId, ...retry })
    }
    const ignore = (refusal: Refusal): DoorAnswer =>
      answer({ id: log.ignored(project, request, refusal), status: 'ignored', final: true })

    if ('refusal' in admission) return turnAway(admission.refusal, admission.errors)
    const { recognised } = admission
    if (recognised.format === 'tilda' && recognised.probe) return ignore(refuse('probe'))

    const readings = reader.read(recognised, rulesOf(project, parsePhone))
    if (isRefusal(readings)) return turnAway(readings, readings.errors)
    if (recognised.format === 'standard' && recognised.action === 'batch_purchase') {
      return answer(await accept.acceptBatch(project, request, readings as (Command | ReadingRefusal)[]))
    }
    const reading = readings[0]!
    if ('ignored' in reading) return ignore(refuse(reading.ignored))
    if (isRefusal(reading)) return turnAway(reading, reading.errors)
    return answer(await accept.acceptOne(project, request, format, reading))
  }

  /** Guesses are counted by address; whoever has a right secret never meets that count, also from the same address. */
  async function turnStrangerAway({ remoteAddress = 'unknown' }: DoorRequest): Promise<Outcome> {
    const { allowed, limit, resetSeconds } = await limiter.take(
      `wrong-secret:${remoteAddress}`,
      WRONG_SECRETS_PER_MINUTE,
    )
    if (allowed) return { refusal: refuse('unauthorized') }
    return { refusal: refuse('rate-limited', { limit }), retryAfterSeconds: resetSeconds }
  }
}
