import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Item } from '../../domain/item.ts'
import type { Position } from '../../ports/message-log.ts'
import type { Lease } from '../../ports/presence.ts'
import { participant } from '../http/present-conversation.ts'
import type { Dependencies } from './dependencies.ts'
import { closeSocket, openConnection, type CloseReason, type Connection } from './connection.ts'
import { takeFrames } from './take-frames.ts'
import { encode } from './outlet.ts'
import { FRAMES_PER_MESSAGE, isBad, readFrames, type ClientFrame } from './read-frames.ts'

export type Gateway = ReturnType<typeof openGateway>

const PATH = '/v1/socket'
const VERSION = 1
const FRAME_BYTES = 64 * 1_024
const HELLO_MS = 5_000
const FOLLOW_MS = 500
const MOST_STRANGERS = 4_000
const MOST_HELLOS = 64
const PING_MS = 25_000
const SILENT_MS = 60_000
const TICK_MS = 1_000
const MOST_POSITIONS = 200
const MOST_PER_PARTICIPANT = 30
const MOST_BAD_FRAMES = 50
const RESUME_LIMIT = 100
const BACKLOG_MS = 10_000
const SPREAD_MS = 5_000
const AWAY_AFTER_MS = 15_000
const RENEW_MS = 25_000

/** The socket of the messenger: who connects, what they say, and that they are still there. */
export function openGateway(dependencies: Dependencies) {
  const { connections, intake, bring, conversations, log, presence, redeem, isStill, settingsOf } =
    dependencies
  const { follow, leave, present, newId, onEvent, onFault, now = () => performance.now() } = dependencies
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: FRAME_BYTES,
    clientTracking: false,
  })
  const dirty = new Set<Connection>()
  const strangers = new Set<WebSocket>()
  const hellos: (() => void)[] = []
  const leases = new Map<string, Lease & { renewedAt: number }>()
  const leaving = new Map<string, NodeJS.Timeout>()
  let greeting = 0
  let isDraining = false
  let pings = 0

  const wantFlush = (connection: Connection) => {
    if (dirty.size === 0) setImmediate(flushAll)
    dirty.add(connection)
  }
  function flushAll(): void {
    const some = [...dirty]
    dirty.clear()
    for (const connection of some) connection.out.flush()
  }

  function welcomeStranger(ws: WebSocket): void {
    strangers.add(ws)
    const impatient = setTimeout(() => closeSocket(ws, 'hello-expected'), HELLO_MS)
    ws.once('close', () => {
      strangers.delete(ws)
      clearTimeout(impatient)
    })
    ws.on('error', () => undefined)
    ws.once('message', (data, isBinary) => {
      clearTimeout(impatient)
      const [frame] = isBinary ? [] : readFrames(String(data))
      if (frame === undefined || isBad(frame)) return end(ws, 'bad-frame', isBadDetails(frame))
      if (frame.type !== 'hello') return end(ws, 'hello-expected')
      if (frame.version !== VERSION) return end(ws, 'version-unsupported', { versions: [VERSION] })
      // What it says next waits in the socket until it is known; what came in one piece with the hello waits here.
      ws.pause()
      const early: Parameters<typeof keep>[] = []
      const keep = (...said: [data: unknown, isBinary: boolean]) => void early.push(said)
      ws.on('message', keep)
      const hear = () => {
        ws.off('message', keep)
        for (const said of early.splice(0)) ws.emit('message', ...said)
      }
      void inTurn(() => greet(ws, frame, hear)).catch((error: unknown) => {
        onFault(error)
        end(ws, 'busy', { afterMs: spread() })
      })
    })
  }

  /** A storm of reconnects is taken in piece by piece. */
  async function inTurn(work: () => Promise<void>): Promise<void> {
    if (greeting >= MOST_HELLOS) await new Promise<void>((resolve) => hellos.push(resolve))
    greeting++
    try {
      await work()
    } finally {
      greeting--
      hellos.shift()?.()
    }
  }

  async function greet(
    ws: WebSocket,
    hello: ClientFrame & { type: 'hello' },
    hear: () => void,
  ): Promise<void> {
    const newcomer = await redeem(hello.ticket)
    if (ws.readyState !== ws.OPEN) return
    if (newcomer === undefined) return end(ws, 'ticket-refused')
    const { projectId, locale, speaker } = newcomer
    const { participantId } = speaker
    if ([...connections.of(projectId, participantId)].length >= MOST_PER_PARTICIPANT)
      return end(ws, 'busy', { afterMs: spread() })
    const sessionId = hello.device === undefined ? newId('session') : `${newId('session')}:${hello.device}`
    const followsProject = hello.follow === 'project' && (speaker.kind === 'agent' || speaker.kind === 'bot')
    const connection = openConnection({
      ws,
      sessionId,
      projectId,
      speaker,
      locale,
      followsProject,
      wantFlush,
      onSlow: ({ ws }) => end(ws, 'slow', { afterMs: spread() }),
      now,
    })
    // Heard first, read after: what happens between both comes twice rather than never.
    connections.add(connection)
    ws.once('close', () => goodbye(connection))
    strangers.delete(ws)
    // While Redis is away nobody waits for it: what it would have told is found in the log.
    await Promise.race([follow(projectId).catch(onFault), delay(FOLLOW_MS, undefined, { ref: false })])
    const [positions, settings] = await Promise.all([
      log.positionsOf(projectId, participantId, MOST_POSITIONS),
      settingsOf(projectId),
    ])
    // Gone meanwhile, and the goodbye is said: a lease given now would be renewed for ever.
    if (!connections.all.has(connection)) return
    for (const { conversationId, sequence } of positions) {
      connection.isAt(conversationId, sequence)
      bring.known({ projectId, conversationId }, sequence)
    }
    arrive(connection, positions)
    connection.out.control(
      encode({
        type: 'welcome',
        version: VERSION,
        sessionId,
        participant: participant({ ...speaker, id: participantId }, connection.isTeam),
        pingMs: PING_MS,
        conversations: positions,
        credits: {
          capacity: settings.credits.capacity,
          remaining: settings.credits.capacity,
          refillMs: settings.credits.refillSeconds * 1_000,
        },
        limits: { frameBytes: FRAME_BYTES, framesPerMessage: FRAMES_PER_MESSAGE, textLength: 4_000 },
      }),
    )
    takeFrames({
      connection,
      ...dependencies,
      now,
      onBadFrames: () => end(ws, 'bad-frame'),
      mostBadFrames: MOST_BAD_FRAMES,
    })
    ws.resume()
    hear()
    await catchUp(connection, positions, hello.positions ?? [])
    connection.out.release()
  }

  /** What came after the positions that the client has, before anything newer. */
  async function catchUp(
    connection: Connection,
    positions: Position[],
    claimed: readonly { conversationId: string; epoch: number; sequence: number }[],
  ): Promise<void> {
    const known = new Map(positions.map((position) => [position.conversationId, position]))
    const behind = claimed.filter(({ conversationId, epoch, sequence }) => {
      const position = known.get(conversationId)
      return position === undefined || position.epoch !== epoch || position.sequence !== sequence
    })
    const answers = behind.map(
      ({ conversationId, epoch, sequence }) =>
        new Promise<void>((resolve) => {
          const isOther = known.get(conversationId)?.epoch !== epoch
          const item: Item = {
            type: 'history',
            projectId: connection.projectId,
            conversationId,
            speaker: connection.speaker,
            locale: connection.locale,
            sessionId: connection.sessionId,
            bytes: 100,
            isFree: true,
            reply: { acknowledge: () => undefined, refuse: () => resolve() },
            history: {
              after: isOther ? 0 : sequence,
              upTo: null,
              limit: RESUME_LIMIT,
              answer: (sync) => {
                onEvent({
                  what: 'resumed',
                  result: isOther ? 'other-epoch' : sync.limited ? 'limited' : 'whole',
                })
                connection.isAt(conversationId, sync.top)
                // More than it can take now: it is told where it stands, and asks for the rest piece by piece.
                const room = connection.out.hasRoom()
                const told = room ? sync : { ...sync, events: [], limited: true, previous: sync.top }
                connection.out.control(
                  encode({ type: 'synced', id: null, sync: present.sync(told, connection.isTeam) }),
                )
                resolve()
              },
            },
          }
          void intake.put(item)
        }),
    )
    let timer: NodeJS.Timeout | undefined
    await Promise.race([
      Promise.all(answers),
      new Promise<void>((resolve) => (timer = setTimeout(resolve, BACKLOG_MS))),
    ])
    clearTimeout(timer)
  }

  /** The first device of somebody who was away: told at once. Whoever reloads the page was never away. */
  function arrive(connection: Connection, positions: readonly Position[]): void {
    const { projectId, speaker, sessionId } = connection
    const lease = { projectId, participantId: speaker.participantId, sessionId }
    leases.set(sessionId, { ...lease, renewedAt: now() })
    void presence.renew([lease]).catch(onFault)
    const name = `${projectId} ${speaker.participantId}`
    const wasLeaving = leaving.get(name)
    clearTimeout(wasLeaving)
    leaving.delete(name)
    const conversationIds = positions.slice(0, 20).map(({ conversationId }) => conversationId)
    const isFirst = [...connections.of(projectId, speaker.participantId)].length === 1
    if (isFirst && wasLeaving === undefined) sayPresence(connection, true, conversationIds)
    void tellWhoIsThere(connection, conversationIds).catch(onFault)
  }

  async function tellWhoIsThere(connection: Connection, conversationIds: string[]): Promise<void> {
    const { projectId, speaker } = connection
    const keys = conversationIds.map((conversationId) => ({ projectId, conversationId }))
    const standings = await conversations.of(keys)
    const others = new Set(standings.flatMap((standing) => standing?.members.map(({ id }) => id) ?? []))
    others.delete(speaker.participantId)
    const people = [...others].slice(0, 200).map((participantId) => ({ projectId, participantId }))
    const there = await presence.present(people)
    if (there === 'unknown') return
    for (const { participantId } of people) connection.tellPresence(participantId, there.has(participantId))
  }

  function goodbye(connection: Connection): void {
    connections.remove(connection)
    dirty.delete(connection)
    const { projectId, speaker, sessionId } = connection
    void leave(projectId).catch(onFault)
    leases.delete(sessionId)
    const lease = { projectId, participantId: speaker.participantId, sessionId }
    void presence.end(lease).catch(() => undefined)
    if (connections.isHere(projectId, speaker.participantId) || isDraining) return
    const name = `${projectId} ${speaker.participantId}`
    clearTimeout(leaving.get(name))
    const timer = setTimeout(() => {
      leaving.delete(name)
      void presence
        .present([lease])
        .then((there) => {
          if (there === 'unknown' || there.size > 0) return
          sayPresence(connection, false, [...connection.courses.keys()].slice(0, 20))
        })
        .catch(onFault)
    }, AWAY_AFTER_MS)
    leaving.set(name, timer.unref())
  }

  function sayPresence(connection: Connection, isPresent: boolean, conversationIds: readonly string[]): void {
    if (conversationIds.length === 0) return
    intake.offer({
      type: 'presence',
      projectId: connection.projectId,
      conversationId: '',
      speaker: connection.speaker,
      locale: connection.locale,
      sessionId: connection.sessionId,
      bytes: 200,
      reply: { acknowledge: () => undefined, refuse: () => undefined },
      presence: { present: isPresent, conversationIds },
    })
  }

  function end(ws: WebSocket, reason: CloseReason, details: object = {}): void {
    if (ws.readyState !== ws.OPEN) return
    onEvent({ what: 'closed', reason })
    closeSocket(ws, reason, details)
  }

  const spread = () => Math.round(500 + Math.random() * SPREAD_MS)

  async function tick(): Promise<void> {
    const due: Connection[] = []
    for (const connection of connections.all) {
      if (connection.ws.readyState !== connection.ws.OPEN) continue
      if (connection.out.isSlow()) {
        end(connection.ws, 'slow', { afterMs: spread() })
        continue
      }
      connection.flushPresence()
      if (connection.ws.isPaused) connection.heardAt = now()
      if (now() - connection.heardAt > SILENT_MS) end(connection.ws, 'zombie')
      else if (now() - connection.pingedAt > PING_MS) due.push(connection)
      const unreceived = connection.unreceived()
      if (unreceived === 'zombie') end(connection.ws, 'zombie')
      else
        for (const { conversationId, received, sent } of unreceived)
          await resend(connection, conversationId, received, sent)
    }
    await ping(due)
    const old = [...leases.values()].filter(({ renewedAt }) => now() - renewedAt > RENEW_MS)
    for (const lease of old) lease.renewedAt = now()
    await presence.renew(old).catch(onFault)
  }

  async function resend(
    connection: Connection,
    conversationId: string,
    received: number,
    sent: number,
  ): Promise<void> {
    const { projectId } = connection
    const [events] = await log.events(
      [{ projectId, conversationId, after: received, upTo: sent }],
      RESUME_LIMIT,
    )
    for (const event of events!) connection.out.event(encode(present.event(event, connection.isTeam)))
    onEvent({ what: 'resent', events: events!.length })
  }

  /** With what the log has by now, so that nobody who is connected misses anything for longer than a ping. */
  async function ping(due: readonly Connection[]): Promise<void> {
    const still = await Promise.all(due.map(({ projectId, speaker }) => isStill(projectId, speaker)))
    due.forEach(({ ws }, which) => still[which] || end(ws, 'ended'))
    // Written down before it is asked: while the log answers, connections come to more conversations.
    const asked = due.map(({ projectId, courses }) =>
      [...courses.keys()].slice(-MOST_POSITIONS).map((conversationId) => ({ projectId, conversationId })),
    )
    const tops = await log.tops(asked.flat())
    let from = 0
    for (const [which, connection] of due.entries()) {
      const told = asked[which]!.flatMap(({ conversationId }) => {
        const top = tops[from++]
        return top === undefined ? [] : [{ conversationId, ...top }]
      })
      connection.pingedAt = now()
      connection.out.control(encode({ type: 'ping', id: ++pings, tops: told }))
    }
  }

  let ticking: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    ticking = ticking.then(tick).catch(onFault)
  }, TICK_MS)

  return {
    /** Takes the upgrades of a server that ask for the socket; refuses others. */
    attach(server: Server): void {
      server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        socket.on('error', () => undefined)
        const { pathname } = new URL(request.url ?? '/', 'http://localhost')
        if (pathname !== PATH) return void socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n')
        if (isDraining || strangers.size >= MOST_STRANGERS)
          return void socket.end(
            'HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\nconnection: close\r\n\r\n',
          )
        sockets.handleUpgrade(request, socket, head, welcomeStranger)
      })
    },
    count: () => connections.all.size,
    bytes: () => [...connections.all].reduce((sum, { out }) => sum + out.bytes(), 0),
    /** Nothing more is read, nobody more comes in. */
    hush(): void {
      isDraining = true
      for (const { ws } of connections.all) ws.pause()
    },
    /** Everybody is asked to come back, spread over a while. */
    async drain(): Promise<void> {
      isDraining = true
      clearInterval(timer)
      await ticking
      for (const timer of leaving.values()) clearTimeout(timer)
      for (const ws of strangers) closeSocket(ws, 'draining', { afterMs: spread() })
      for (const { out } of connections.all) out.flush()
      for (const { ws } of connections.all) closeSocket(ws, 'draining', { afterMs: spread() })
    },
  }
}

function isBadDetails(frame: { bad: string } | undefined): object {
  return frame === undefined ? {} : { why: frame.bad.slice(0, 60) }
}
