import type { WebSocket } from 'ws'
import type { Locale } from '../../../kernel/locale.ts'
import type { Speaker } from '../../domain/item.ts'
import { encode, outlet, type Encoded } from './outlet.ts'

/** Below 4500: come back, after a wait. From 4500 on: not without a change. */
export const CLOSE = {
  draining: 4000,
  zombie: 4001,
  slow: 4008,
  busy: 4009,
  'bad-frame': 4500,
  'ticket-refused': 4501,
  'hello-expected': 4502,
  'version-unsupported': 4503,
  ended: 4504,
} as const
export type CloseReason = keyof typeof CLOSE

type Settings = {
  ws: WebSocket
  sessionId: string
  projectId: string
  speaker: Speaker
  locale: Locale
  followsProject: boolean
  wantFlush: (connection: Connection) => void
  onSlow: (connection: Connection) => void
  now: () => number
}

/** How far this connection is in a conversation: where it began, what was sent to it, and what it said has arrived. */
type Course = { began: number; sent: number; received: number; read: number }

const MOST_COURSES = 1_000
const ACK_MS = 3_000
const MOST_RESENDS = 5
const GOODBYE_MS = 1_000

export type Connection = ReturnType<typeof openConnection>

export function openConnection({
  ws,
  sessionId,
  projectId,
  speaker,
  locale,
  followsProject,
  wantFlush,
  onSlow,
  now,
}: Settings) {
  const courses = new Map<string, Course>()
  const owing = new Set<string>()
  const presences = new Map<string, boolean>()
  let resends = 0
  let resendAt = 0

  const connection = {
    ws,
    sessionId,
    projectId,
    speaker,
    locale,
    followsProject,
    isTeam: speaker.kind === 'agent' || speaker.kind === 'bot',
    heardAt: now(),
    pingedAt: now() - Math.random() * 25_000,
    courses,
    out: outlet({ ws, now, wantFlush: () => wantFlush(connection) }),

    event(
      { conversationId, sequence }: { conversationId: string; sequence: number },
      encoded: Encoded,
    ): void {
      const course = courseOf(conversationId)
      course.sent = Math.max(course.sent, sequence)
      if (owing.size === 0) resendAt = now() + ACK_MS
      owing.add(conversationId)
      connection.out.event(encoded)
      if (connection.out.isSlow()) onSlow(connection)
    },

    /** Answers how far it is now, or nothing when it was so far already. */
    mark(conversationId: string, { received = 0, read = 0 }: { received?: number; read?: number }) {
      const course = courseOf(conversationId)
      if (received <= course.received && read <= course.read) return undefined
      course.received = Math.max(course.received, received, read)
      course.read = Math.max(course.read, read)
      if (course.received >= course.sent) {
        owing.delete(conversationId)
        resends = 0
        resendAt = now() + ACK_MS
      }
      return { received: course.received, read: course.read }
    },

    /** Up to there it asks by itself, or was answered; that it has arrived is for it to say. */
    isAt(conversationId: string, sequence: number): void {
      const course = courseOf(conversationId)
      course.began = Math.max(course.began, sequence)
      course.sent = Math.max(course.sent, sequence)
    },

    /** Conversations whose events have not been said to have arrived in time; each time later, and then the end. */
    unreceived(): { conversationId: string; received: number; sent: number }[] | 'zombie' {
      if (owing.size === 0 || now() < resendAt) return []
      if (++resends > MOST_RESENDS) return 'zombie'
      resendAt = now() + ACK_MS * 2 ** resends
      return [...owing].map((conversationId) => {
        const { began, received, sent } = courseOf(conversationId)
        return { conversationId, received: Math.max(began, received), sent }
      })
    },

    tellPresence(participantId: string, present: boolean): void {
      if (presences.size < MOST_COURSES || presences.has(participantId)) presences.set(participantId, present)
    },
    /** Once a second at most, what has changed. */
    flushPresence(): void {
      if (presences.size === 0) return
      const participants = [...presences].map(([participantId, present]) => ({ participantId, present }))
      presences.clear()
      connection.out.lossy(encode({ type: 'presence', participants }))
    },
  }

  function courseOf(conversationId: string): Course {
    const known = courses.get(conversationId)
    if (known !== undefined) return known
    const course = { began: 0, sent: 0, received: 0, read: 0 }
    courses.set(conversationId, course)
    if (courses.size > MOST_COURSES) {
      const oldest = courses.keys().next().value!
      courses.delete(oldest)
      owing.delete(oldest)
    }
    return course
  }

  return connection
}

/** A peer that does not read does not say goodbye either. */
export function closeSocket(ws: WebSocket, reason: CloseReason, details: object = {}): void {
  if (ws.readyState !== ws.OPEN) return
  ws.close(CLOSE[reason], JSON.stringify({ reason, ...details }))
  setTimeout(() => ws.terminate(), GOODBYE_MS).unref()
}
