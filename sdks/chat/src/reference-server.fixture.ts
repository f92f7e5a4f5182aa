import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import type {
  ClientFrame,
  Conversation,
  ConversationEvent,
  ConversationSync,
  Participant,
  ServerFrame,
  StoredMessage,
} from './contract.ts'

type Request<Type extends ClientFrame['type']> = Extract<ClientFrame, { type: Type }>
type Refusal = { code: string; temporary: boolean; retryAfterMs?: number }

interface Talk {
  id: string
  epoch: number
  /** As they happened; messages as they were. */
  log: ConversationEvent[]
  messages: Map<string, StoredMessage>
  /** By sender and clientId. */
  said: Map<string, StoredMessage>
  participants: Map<string, { received: number; read: number }>
}

interface Peer {
  socket: WebSocket
  participantId: string
  heard: ClientFrame[]
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * What the frames of the contract mean, in memory and in few words: over real HTTP and real sockets, with a log for each
 * conversation. Tests script what goes wrong.
 */
export async function startReferenceServer(settings: { pingMs?: number; page?: number } = {}) {
  const { pingMs = 1_000, page = 100 } = settings
  const talks = new Map<string, Talk>()
  const participants = new Map<string, Participant>()
  // token → participant, renewal → participant, ticket → participant
  const tokens = new Map<string, string>()
  const renewals = new Map<string, string>()
  const tickets = new Map<string, string>()
  const peers = new Set<Peer>()
  const requests: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[] = []
  const uploads = new Map<
    string,
    { conversationId: string; clientId: string; sender: string; name: string }
  >()
  let count = 0
  let pings = 0

  const script = {
    /** Asked before a `send` is stored; what it returns is answered instead. */
    refuse: (_: Request<'send'>): Refusal | undefined => undefined,
    /** Asked before any HTTP request is answered. */
    answer: (_: {
      method: string
      path: string
    }): { status: number; headers?: Record<string, string>; body: unknown } | undefined => undefined,
    /** Says nothing any more, not even pings, to sockets that are open. */
    silent: false,
    /** Where tickets send clients; the server itself when absent. */
    socketUrl: undefined as string | undefined,
    /** What is said of each message frame before it goes out; `false` swallows it. */
    outgoing: (_: ServerFrame): boolean => true,
  }

  const newId = (prefix: string): string => {
    let rest = ++count
    let digits = ''
    for (; rest > 0; rest = Math.floor(rest / 32)) digits = ALPHABET[rest % 32]! + digits
    return `${prefix}_${digits.padStart(26, '0')}`
  }
  const at = (): string => new Date().toISOString()

  function join(name: string | null, kind: Participant['kind'] = 'visitor'): Participant {
    const participant = { id: newId('par'), kind, name, customerId: null, agentId: null }
    participants.set(participant.id, participant)
    return participant
  }

  function startTalk(...members: string[]): Talk {
    const talk: Talk = {
      ...{ id: newId('cnv'), epoch: 1, log: [], messages: new Map(), said: new Map() },
      participants: new Map(members.map((id) => [id, { received: 0, read: 0 }])),
    }
    talks.set(talk.id, talk)
    return talk
  }

  function happen(talk: Talk, participantId: string, what: Record<string, unknown>): ConversationEvent {
    const event = {
      ...{ conversationId: talk.id, sequence: talk.log.length + 1, at: at(), participantId },
      ...what,
    } as ConversationEvent
    talk.log.push(event)
    tell(talk, { type: 'events', events: [event] })
    return event
  }

  function say(
    talk: Talk,
    senderId: string,
    clientId: string,
    text: string | null,
    extra: Partial<StoredMessage> = {},
  ) {
    const key = `${senderId} ${clientId}`
    const known = talk.said.get(key)
    if (known !== undefined) return { message: known, repeated: true }
    const { id, kind, name } = participants.get(senderId)!
    const message: StoredMessage = {
      ...{ id: newId('msg'), sequence: talk.log.length + 1, sender: { id, kind, name }, clientId, text },
      ...{ attachment: null, replyTo: null, reactions: [], createdAt: at(), editedAt: null, deletedAt: null },
      ...extra,
    }
    talk.said.set(key, message)
    talk.messages.set(message.id, message)
    happen(talk, senderId, { kind: 'message', message: structuredClone(message) })
    return { message, repeated: false }
  }

  function syncOf(talk: Talk, after: number, upTo = Infinity, limit = page): ConversationSync {
    const all = talk.log.filter(({ sequence }) => sequence > after && sequence <= upTo)
    const events = all
      .slice(-Math.min(limit, page))
      .map((event): ConversationEvent =>
        event.kind === 'message'
          ? { ...event, message: structuredClone(talk.messages.get(event.message.id)!) }
          : event.kind === 'edited'
            ? { ...event, text: talk.messages.get(event.messageId)!.text }
            : event,
      )
    const limited = events.length < all.length
    return {
      ...{ conversationId: talk.id, epoch: talk.epoch, top: talk.log.length, events, limited },
      previous: limited ? events[0]!.sequence - 1 : null,
    }
  }

  function tellPeer(peer: Peer, frame: ServerFrame): void {
    if (!script.silent && script.outgoing(frame)) peer.socket.send(JSON.stringify(frame))
  }
  function tell(talk: Talk, frame: ServerFrame, except?: string): void {
    for (const peer of peers)
      if (talk.participants.has(peer.participantId) && peer.participantId !== except) tellPeer(peer, frame)
  }

  function welcome(peer: Peer, hello: Request<'hello'>): void {
    const mine = [...talks.values()].filter(({ participants: all }) => all.has(peer.participantId))
    tellPeer(peer, {
      ...{ type: 'welcome', version: 1, sessionId: newId('ses'), pingMs },
      participant: participants.get(peer.participantId)!,
      conversations: mine.map(({ id, epoch, log, participants: all }) => ({
        ...{ conversationId: id, epoch, sequence: log.length, ...all.get(peer.participantId)! },
      })),
      credits: { capacity: 1000, remaining: 1000, refillMs: 1000 },
      limits: { frameBytes: 65_536, framesPerMessage: 64, textLength: 4000 },
    })
    for (const { conversationId, epoch, sequence } of hello.positions ?? []) {
      const talk = talks.get(conversationId)
      if (talk?.epoch === epoch && talk.log.length > sequence)
        tellPeer(peer, { type: 'synced', id: null, sync: syncOf(talk, sequence) })
    }
  }

  function hear(peer: Peer, frame: ClientFrame): void {
    peer.heard.push(frame)
    if (frame.type === 'pong' || frame.type === 'hello') return
    const talk = talks.get(frame.conversationId)
    const refuse = ({ code, temporary, retryAfterMs }: Refusal): void => {
      const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
      if ('id' in frame)
        tellPeer(peer, { type: 'error', id: frame.id, code, message: code, temporary, ...wait })
    }
    const me = peer.participantId
    const mark = talk?.participants.get(me)
    if (talk === undefined || mark === undefined)
      return refuse({ code: 'conversation-not-found', temporary: false })
    const acknowledge = (id: number, messageId: string | null, sequence: number | null, more = {}): void =>
      tellPeer(peer, {
        type: 'ack',
        id,
        conversationId: talk.id,
        messageId,
        sequence,
        at: at(),
        repeated: false,
        ...more,
      })

    if (frame.type === 'send') {
      const refusal = script.refuse(frame)
      if (refusal !== undefined) return refuse(refusal)
      const { message, repeated } = say(talk, me, frame.clientId, frame.text, {
        replyTo: frame.replyTo ?? null,
      })
      return acknowledge(frame.id, message.id, message.sequence, { repeated, clientId: frame.clientId })
    }
    if (frame.type === 'sync')
      return tellPeer(peer, {
        type: 'synced',
        id: frame.id,
        sync: syncOf(talk, frame.after, frame.upTo, frame.limit),
      })
    if (frame.type === 'signal') {
      const { clientId, data } = frame
      tell(talk, { type: 'signal', conversationId: talk.id, participantId: me, clientId, data }, me)
      return acknowledge(frame.id, null, null)
    }
    if (frame.type === 'typing')
      return tell(talk, { type: 'typing', conversationId: talk.id, participantId: me }, me)
    if (frame.type === 'received' || frame.type === 'read') {
      mark[frame.type] = Math.max(mark[frame.type], frame.sequence)
      return tell(talk, { type: 'receipt', conversationId: talk.id, participantId: me, ...mark }, me)
    }
    const message = talk.messages.get(frame.messageId)
    if (message === undefined) return refuse({ code: 'message-not-found', temporary: false })
    if (frame.type !== 'react' && message.sender.id !== me)
      return refuse({ code: 'message-not-yours', temporary: false })
    if (frame.type === 'edit' && message.deletedAt !== null)
      return refuse({ code: 'message-deleted', temporary: false })
    const change = { messageId: message.id }
    let event: ConversationEvent
    if (frame.type === 'edit') {
      Object.assign(message, { text: frame.text, editedAt: at() })
      event = happen(talk, me, { ...change, kind: 'edited', text: frame.text })
    } else if (frame.type === 'delete') {
      Object.assign(message, { text: null, attachment: null, deletedAt: at() })
      event = happen(talk, me, { ...change, kind: 'deleted' })
    } else {
      const { emoji, on } = frame
      const others = (message.reactions.find((all) => all.emoji === emoji)?.participantIds ?? []).filter(
        (id) => id !== me,
      )
      const rest = message.reactions.filter((all) => all.emoji !== emoji)
      const participantIds = on ? [...others, me] : others
      message.reactions = participantIds.length > 0 ? [...rest, { emoji, participantIds }] : rest
      event = happen(talk, me, { ...change, kind: 'reacted', emoji, on })
    }
    acknowledge(frame.id, message.id, event.sequence)
  }

  function describe(talk: Talk): Conversation {
    return {
      ...{ id: talk.id, subject: null, status: 'open', epoch: talk.epoch, sequence: talk.log.length },
      participants: [...talk.participants].map(([id, mark]) => ({
        ...participants.get(id)!,
        ...mark,
        joinedAt: at(),
      })),
      lastMessage: [...talk.messages.values()].at(-1) ?? null,
      ...{ createdAt: at(), lastActivityAt: at() },
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = '', url: path = '', headers } = request
    const text = Buffer.concat(chunks).toString()
    const cors = {
      'access-control-allow-origin': '*',
      'access-control-allow-headers': '*, authorization',
      'access-control-allow-methods': '*',
    }
    const reply = (status: number, body: unknown, more = {}): void =>
      void response
        .writeHead(status, { 'content-type': 'application/json', ...cors, ...more })
        .end(JSON.stringify(body))
    if (method === 'OPTIONS') return reply(200, {})
    requests.push({ method, path, headers, body: text })
    const scripted = script.answer({ method, path })
    if (scripted !== undefined) return reply(scripted.status, scripted.body, scripted.headers)
    if (method === 'GET' && !path.startsWith('/v1/'))
      return void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><title>A page</title>')

    if (method === 'PUT') {
      const upload = uploads.get(path.split('/').at(-1)!)!
      say(talks.get(upload.conversationId)!, upload.sender, upload.clientId, null, {
        attachment: {
          id: newId('att'),
          name: upload.name,
          size: text.length,
          type: 'text/plain',
          state: 'ready',
          url: null,
        },
      })
      return reply(200, {})
    }
    const body = (text === '' ? {} : JSON.parse(text)) as Record<string, string>
    const bearer = headers.authorization?.replace('Bearer ', '') ?? ''
    if (path === '/v1/visitor-sessions') {
      if (!bearer.startsWith('pk_')) return reply(401, { code: 'unauthorized', detail: 'No such key.' })
      if (body.renewal !== undefined && !renewals.has(body.renewal))
        return reply(401, { code: 'unauthorized', detail: 'It has ended.' })
      const id = renewals.get(body.renewal ?? '') ?? join(body.name ?? null).id
      const session = open(id)
      return reply(201, {
        ...session,
        participant: participants.get(id),
        expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
      })
    }
    const me = tokens.get(bearer)
    if (me === undefined) return reply(401, { code: 'unauthorized', detail: 'The session has ended.' })
    if (path === '/v1/socket-tickets') {
      const ticket = newId('tkt')
      tickets.set(ticket, me)
      return reply(201, { ticket, url: script.socketUrl ?? socketUrl, expiresAt: at() })
    }
    if (path.startsWith('/v1/conversations?') || path === '/v1/conversations') {
      if (method === 'POST') return reply(201, describe(startTalk(me)))
      const mine = [...talks.values()].filter(({ participants: all }) => all.has(me))
      return reply(200, { data: mine.map(describe), nextCursor: null })
    }
    const [, , , conversationId = '', , attachmentId] = path.split('/')
    if (path.endsWith('/attachments')) {
      const id = newId('att')
      uploads.set(id, { conversationId, clientId: body.clientId!, sender: me, name: body.name! })
      const attachment = {
        id,
        name: body.name,
        size: body.size,
        type: body.type,
        state: 'pending',
        url: null,
      }
      return reply(201, {
        attachment,
        upload: { method: 'PUT', url: `${url}/files/${id}`, headers: { 'x-file': id }, expiresAt: at() },
      })
    }
    if (path.endsWith('/confirm')) return reply(200, { id: attachmentId, state: 'ready' })
    reply(404, { code: 'not-found', detail: path })
  }

  function open(participantId: string) {
    const token = newId('st')
    const renewal = newId('rn')
    tokens.set(token, participantId)
    renewals.set(renewal, participantId)
    return { token, renewal }
  }

  const http = createServer((request, response) => void serve(request, response)).listen(0, '127.0.0.1')
  await once(http, 'listening')
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const socketUrl = url.replace('http', 'ws')
  const sockets = new WebSocketServer({ server: http })
  sockets.on('connection', (socket) => {
    let peer: Peer | undefined
    socket.on('message', (data: Buffer) => {
      const frames = [JSON.parse(data.toString())].flat() as ClientFrame[]
      for (const frame of frames) {
        if (peer !== undefined) hear(peer, frame)
        else if (frame.type !== 'hello') return socket.close(4502, 'hello-expected')
        else {
          const participantId = tickets.get(frame.ticket)
          if (participantId === undefined) return socket.close(4501, 'ticket-refused')
          tickets.delete(frame.ticket)
          peer = { socket, participantId, heard: [frame] }
          peers.add(peer)
          welcome(peer, frame)
        }
      }
    })
    socket.on('close', () => peer && peers.delete(peer))
  })
  const pinging = setInterval(() => {
    pings++
    for (const peer of peers) {
      const mine = [...talks.values()].filter(({ participants: all }) => all.has(peer.participantId))
      const tops = mine.map(({ id, epoch, log }) => ({ conversationId: id, epoch, sequence: log.length }))
      tellPeer(peer, { type: 'ping', id: pings, tops })
    }
  }, pingMs)

  return {
    ...{ url, socketUrl, script, peers, requests, talks, tokens, tickets, renewals },
    join,
    startTalk,
    /** A token for a participant, as a session provider gives it. */
    open,
    /** Somebody says something without a client. */
    say: (talk: Talk, senderId: string, text: string, clientId = `said-by-test-${++count}`) =>
      say(talk, senderId, clientId, text).message,
    /** Everything of one kind that clients said. */
    heard: <Type extends ClientFrame['type']>(type: Type): Request<Type>[] =>
      [...peers].flatMap(({ heard }) => heard).filter((frame) => frame.type === type) as Request<Type>[],
    /** The log begins anew, as after a restore. */
    renew(talk: Talk): void {
      talk.epoch++
      talk.log = []
      for (const message of talk.messages.values()) {
        message.sequence = talk.log.length + 1
        talk.log.push({
          conversationId: talk.id,
          sequence: message.sequence,
          kind: 'message',
          at: at(),
          participantId: message.sender.id,
          message,
        })
      }
    },
    send: (frame: ServerFrame) => peers.forEach((peer) => tellPeer(peer, frame)),
    closeAll: (code: number, reason = '') => peers.forEach(({ socket }) => socket.close(code, reason)),
    cutAll: () => peers.forEach(({ socket }) => socket.terminate()),
    async stop(): Promise<void> {
      clearInterval(pinging)
      for (const socket of sockets.clients) socket.terminate()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

export type ReferenceServer = Awaited<ReturnType<typeof startReferenceServer>>
export type ReferenceTalk = Talk
