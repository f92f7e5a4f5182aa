import { randomUUID } from 'node:crypto'
import type { components } from '@tapline/openapi'
import WebSocket from 'ws'
import { eventually, type Shop, type Tapline } from './tapline.fixture.ts'

type Schemas = components['schemas']
type ServerFrame = Schemas['ServerFrame']
type ClientFrame = Schemas['ClientFrame']
type FrameOf<Type extends ServerFrame['type']> = Extract<ServerFrame, { type: Type }>
type Position = { conversationId: string; epoch: number; sequence: number }

export const ORIGIN = 'https://shop.example.test'
type Choices = { positions?: Position[]; at?: Pick<Tapline, 'url'>; follow?: 'own' | 'project' }
export type Person = { participantId: string; token: string; name: string }
export type ChatDesk = Awaited<ReturnType<typeof openChatDesk>>
export type Line = Awaited<ReturnType<ChatDesk['connect']>>

/** A shop whose chat is open, and people who talk in it over real sockets. */
export async function openChatDesk(tapline: Tapline, settings: Partial<Schemas['ChatSettings']> = {}) {
  const shop = await tapline.createShop()
  const configured = await shop.put('/v1/chat-settings', {
    allowedOrigins: [ORIGIN],
    credits: { capacity: 100_000, refillSeconds: 10, projectPerSecond: 100_000 },
    ...settings,
  })
  if (configured.status !== 200)
    throw new Error(`The settings were refused: ${JSON.stringify(configured.body)}`)

  const call = <Body>(method: string, path: string, token: string, body?: unknown) =>
    tapline.call<Body>(method, path, token, body, { origin: ORIGIN })

  async function must<Body>(method: string, path: string, token: string, body?: unknown): Promise<Body> {
    const answer = await call<Body>(method, path, token, body)
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  async function visitor(name = 'Anna'): Promise<Person> {
    const session = await must<Schemas['VisitorSession']>(
      'POST',
      '/v1/visitor-sessions',
      shop.publishableKey,
      { name },
    )
    return { participantId: session.participant.id, token: session.token, name }
  }

  async function agent(name = 'Olga'): Promise<Person> {
    const { participantId, token } = await must<Schemas['CreatedAgent']>(
      'POST',
      '/v1/agents',
      shop.secretKey,
      { name },
    )
    return { participantId, token, name }
  }

  async function conversation(...people: Person[]): Promise<string> {
    const { id } = await must<Schemas['Conversation']>('POST', '/v1/conversations', shop.secretKey, {
      participantIds: people.map(({ participantId }) => participantId),
    })
    return id
  }

  /** On any of the servers: they share the database. */
  async function connect(person: Person, { positions = [], at = tapline, follow = 'own' }: Choices = {}) {
    const { ticket } = await must<Schemas['SocketTicket']>('POST', '/v1/socket-tickets', person.token)
    const line = talkOver(new WebSocket(`${at.url.replace('http', 'ws')}/v1/socket`))
    await line.opened
    line.say({ type: 'hello', version: 1, ticket, positions, follow })
    const welcome = await line.frame('welcome')
    return { ...line, person, welcome }
  }

  return { tapline, shop, call, must, visitor, agent, conversation, connect }
}

/** One socket, and what came over it. `confirms`: it says `received` by itself, as a client should. */
export function talkOver(ws: WebSocket) {
  const frames: ServerFrame[] = []
  let closed: { code: number; reason: string } | undefined
  let confirms = true
  let ids = 0
  const opened = new Promise<void>((resolve, reject) => ws.once('open', resolve).once('error', reject))
  ws.on('error', () => undefined)
  ws.on('close', (code, reason) => (closed = { code, reason: String(reason) }))
  ws.on('message', (data) => {
    for (const frame of [JSON.parse(String(data as Buffer))].flat() as ServerFrame[]) {
      frames.push(frame)
      if (frame.type === 'ping') say({ type: 'pong', id: frame.id })
      if (frame.type === 'events' && confirms)
        for (const { conversationId, sequence } of frame.events)
          say({ type: 'received', conversationId, sequence })
    }
  })
  const say = (...said: ClientFrame[]) => ws.send(JSON.stringify(said.length === 1 ? said[0] : said))
  const of = <Type extends ServerFrame['type']>(type: Type) =>
    frames.filter((frame): frame is FrameOf<Type> => frame.type === type)

  return {
    ws,
    frames,
    opened,
    say,
    of,
    closed: () => closed,
    confirm: (is: boolean) => (confirms = is),
    nextId: () => ++ids,
    /** The first frame of a type that fits, when it has come. */
    async frame<Type extends ServerFrame['type']>(
      type: Type,
      fits: (frame: FrameOf<Type>) => boolean = () => true,
      withinMs?: number,
    ) {
      const found = await eventually(
        async () => of(type).find(fits),
        (seen) => seen !== undefined || closed !== undefined,
        withinMs,
      )
      if (found === undefined) throw new Error(`No ${type}; closed with ${JSON.stringify(closed)}`)
      return found
    },
    /** Events of a conversation as they came, live and caught up, once each and in order. */
    log(conversationId: string): Schemas['ConversationEvent'][] {
      const all = [
        ...of('synced').flatMap(({ sync }) => (sync.conversationId === conversationId ? sync.events : [])),
        ...of('events').flatMap(({ events }) =>
          events.filter((one) => one.conversationId === conversationId),
        ),
      ]
      return [...new Map(all.map((one) => [one.sequence, one])).values()].sort(
        (a, b) => a.sequence - b.sequence,
      )
    },
    live: (conversationId: string) =>
      of('events').flatMap(({ events }) => events.filter((one) => one.conversationId === conversationId)),
    texts(conversationId: string): (string | null)[] {
      return this.log(conversationId).flatMap((event) =>
        event.kind === 'message' ? [event.message.text] : [],
      )
    },
    /** Sends and answers what came of it; where there was no room, again after a while, as a client should. */
    async send(conversationId: string, text: string, clientId: string = randomUUID()) {
      for (;;) {
        const id = ++ids
        say({ type: 'send', id, conversationId, clientId, text })
        const answer = await this.answer(id)
        if (answer.type !== 'error' || answer.code !== 'overloaded') return answer
        await new Promise((resolve) => setTimeout(resolve, answer.retryAfterMs))
      }
    },
    async answer(id: number) {
      const look = () => [...of('ack'), ...of('error'), ...of('synced')].find((frame) => frame.id === id)
      const found = await eventually(
        async () => look(),
        (seen) => seen !== undefined || closed !== undefined,
      )
      if (found === undefined) throw new Error(`No answer to ${id}; closed with ${JSON.stringify(closed)}`)
      return found
    },
    async close(): Promise<void> {
      if (closed !== undefined) return
      const done = new Promise((resolve) => ws.once('close', resolve))
      ws.close()
      await done
    },
  }
}

export type { Shop }
