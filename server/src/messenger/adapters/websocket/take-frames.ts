import type { Refusal } from '../../../kernel/refusal.ts'
import type { Item, Reply } from '../../domain/item.ts'
import type { Connection } from './connection.ts'
import type { Dependencies } from './dependencies.ts'
import { encode, type Encoded } from './outlet.ts'
import { isBad, readFrames, SIGNAL_BYTES, type BadFrame, type ClientFrame } from './read-frames.ts'

type Settings = Pick<Dependencies, 'intake' | 'tell' | 'present' | 'admit' | 'whenAdmitted' | 'onEvent'> & {
  connection: Connection
  now: () => number
  mostBadFrames: number
  onBadFrames: () => void
}

const BAD_FOR_MS = 60_000
/** A client says it again every few seconds. */
const TYPING_MS = 1_000
/** Marks of one connection are brought together. */
const MARKS_MS = 100
const MOST_TYPED = 100
const QUIET: Reply = { acknowledge: () => undefined, refuse: () => undefined }
const TEMPORARY: ReadonlySet<number> = new Set([409, 429, 500, 503])
const RETRY_MS = 1_000
const soon = () => Math.round(RETRY_MS * (0.5 + Math.random()))

/**
 * What one connection says, in its order. Where the messenger has no room a message is refused; where there is too much even to
 * refuse, the socket is not read for a moment, so that the sender's own network holds it back.
 */
export function takeFrames({
  connection,
  intake,
  tell,
  present,
  admit,
  whenAdmitted,
  onEvent,
  now,
  mostBadFrames,
  onBadFrames,
}: Settings): void {
  const { ws, out, projectId, speaker, locale, sessionId, isTeam } = connection
  const waiting: { frame: ClientFrame; bytes: number }[] = []
  const typedAt = new Map<string, number>()
  const marks = new Map<string, { received: number; read: number }>()
  let isBlocked = false
  let badFrames = 0
  let badSince = now()

  ws.on('message', (data, isBinary) => {
    connection.heardAt = now()
    if (isBinary) return refuseFrame({ bad: 'frames are text', id: null, fatal: true })
    const text = String(data)
    const frames = readFrames(text)
    // An empty one is work too.
    if (frames.length === 0 && !isBlocked && !admit(1)) block(whenAdmitted)
    const bytes = Math.ceil(text.length / Math.max(1, frames.length))
    for (const frame of frames) {
      if (isBad(frame)) refuseFrame(frame)
      else waiting.push({ frame, bytes })
    }
    if (!isBlocked) pump()
  })

  function pump(): void {
    while (waiting.length > 0) {
      if (!admit(1)) return block(whenAdmitted)
      const { frame, bytes } = waiting[0]!
      const item = itemOf(frame, bytes)
      // Better a no at once than a yes that comes too late: what was not taken is the sender's to repeat, after a while.
      if (item !== undefined && intake.offer(item) === 'rejected')
        item.reply.refuse({ refused: 'overloaded', details: { retryAfterMs: soon() } })
      waiting.shift()
    }
  }

  function block(until: (tellMe: () => void) => void): void {
    isBlocked = true
    ws.pause()
    until(() => {
      isBlocked = false
      pump()
      if (!isBlocked && ws.readyState === ws.OPEN) ws.resume()
    })
  }

  function refuseFrame({ bad, id, fatal }: BadFrame): void {
    onEvent({ what: 'bad-frame' })
    if (now() - badSince > BAD_FOR_MS) {
      badSince = now()
      badFrames = 0
    }
    if (fatal || ++badFrames > mostBadFrames) return onBadFrames()
    out.control(encode({ type: 'error', id, code: 'invalid-request', message: bad, temporary: false }))
  }

  function itemOf(frame: ClientFrame, bytes: number): Item | undefined {
    const from = { projectId, speaker, locale, sessionId, bytes }
    switch (frame.type) {
      case 'send': {
        const { id, conversationId, clientId, text, replyTo = null } = frame
        const reply = answerTo(id, conversationId, clientId)
        return {
          ...from,
          type: 'chat',
          conversationId,
          reply,
          said: { clientId, text, replyTo, attachment: null },
        }
      }
      case 'edit':
      case 'delete':
      case 'react': {
        const { id, conversationId, type, ...rest } = frame
        const change = { kind: type, ...rest } as NonNullable<Item['change']>
        return { ...from, type, conversationId, reply: answerTo(id, conversationId), change }
      }
      case 'signal': {
        const { id, conversationId, clientId, to = null, data } = frame
        if (bytes > SIGNAL_BYTES) {
          refuseFrame({ bad: `a signal holds at most ${SIGNAL_BYTES} bytes`, id, fatal: false })
          return undefined
        }
        return {
          ...from,
          type: 'signal',
          conversationId,
          reply: answerTo(id, conversationId, clientId),
          signal: { clientId, to, data },
        }
      }
      case 'typing': {
        const { conversationId } = frame
        if (now() - (typedAt.get(conversationId) ?? -Infinity) < TYPING_MS) return undefined
        if (typedAt.size >= MOST_TYPED) typedAt.clear()
        typedAt.set(conversationId, now())
        return { ...from, type: 'typing', conversationId, reply: QUIET }
      }
      case 'received':
      case 'read': {
        const { conversationId, sequence, type } = frame
        const receipt = connection.mark(conversationId, { [type]: sequence })
        if (receipt === undefined) return undefined
        if (marks.size === 0) setTimeout(sayMarks, MARKS_MS)
        marks.set(conversationId, receipt)
        return undefined
      }
      case 'sync': {
        const { id, conversationId, after, upTo = null, limit = 100 } = frame
        const reply = answerTo(id, conversationId)
        const history: NonNullable<Item['history']> = {
          after,
          upTo,
          limit,
          // Whoever asks and does not read is given no second page.
          answer: (sync) =>
            out.hasRoom()
              ? out.control(encode({ type: 'synced', id, sync: present.sync(sync, isTeam) }))
              : reply.refuse({ refused: 'overloaded' }),
        }
        return { ...from, type: 'history', conversationId, reply, history }
      }
      case 'pong':
        return undefined
      case 'hello':
        refuseFrame({ bad: 'hello is said once', id: null, fatal: true })
        return undefined
    }
  }

  function sayMarks(): void {
    for (const [conversationId, receipt] of marks)
      intake.offer({
        projectId,
        speaker,
        locale,
        sessionId,
        bytes: 100,
        type: 'receipt',
        conversationId,
        reply: QUIET,
        receipt,
      })
    marks.clear()
  }

  function answerTo(id: number, conversationId: string, clientId?: string): Reply {
    return {
      acknowledge: ({ messageId, sequence, at, repeated }) =>
        out.control(
          encode({
            type: 'ack',
            id,
            ...(clientId === undefined ? {} : { clientId }),
            conversationId,
            sequence,
            messageId,
            at: at.toISOString(),
            repeated,
          }),
        ),
      refuse: (refusal) => {
        out.control(errorFrame(id, refusal))
        if (refusal.refused === 'credits-spent') out.latest('notice credit', noticeFrame('credit', refusal))
        if (refusal.refused === 'overloaded') out.latest('notice overload', noticeFrame('overload', refusal))
      },
    }
  }

  function errorFrame(id: number, refusal: Refusal): Encoded {
    const { status, detail } = tell(refusal, locale)
    const temporary = TEMPORARY.has(status)
    return encode({
      type: 'error',
      id,
      code: refusal.refused,
      message: detail,
      temporary,
      ...(temporary ? { retryAfterMs: refusal.details?.retryAfterMs ?? RETRY_MS } : {}),
      ...(refusal.details?.remaining === undefined ? {} : { remaining: refusal.details.remaining }),
    })
  }

  function noticeFrame(code: 'credit' | 'overload', refusal: Refusal): Encoded {
    return encode({
      type: 'notice',
      code,
      message: tell(refusal, locale).detail,
      remaining: refusal.details?.remaining ?? 0,
      retryAfterMs: refusal.details?.retryAfterMs ?? RETRY_MS,
    })
  }
}
