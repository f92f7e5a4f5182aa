import { createApi, type ChatSession, type Fetch } from './api.ts'
import { unreachable } from './chat-error.ts'
import type { ChatEvents } from './chat-events.ts'
import { createConnection, type Backoff, type StatusEvent, type WebSocketClass } from './connection.ts'
import type {
  AckFrame,
  Attachment,
  ChatMessage,
  Conversation,
  Participant,
  Position,
  ServerFrame,
  WelcomeFrame,
} from './contract.ts'
import type { Receipt } from './conversation-log.ts'
import { createConversations } from './conversations.ts'
import { createEmitter, type On } from './emitter.ts'
import { sendFile, type FileLike, type FileOptions } from './files.ts'
import { createOutgoing, type Stored } from './outgoing.ts'
import { randomId } from './random-id.ts'
import { createShelf, memoryStorage, webStorage, type ChatStorage } from './storage.ts'
import { createTabs, type State } from './tabs.ts'

/** How a chat behaves; only `url` and one of `publishableKey` and `session` are needed. */
export interface ChatOptions {
  /** Where Tapline is: `https://tapline.example.com`. */
  url: string
  /** `pk_…`, in a browser: the chat opens sessions for its visitor by itself. */
  publishableKey?: string
  /** Instead of a key: gives the token of an agent, a backend or a session that was opened elsewhere, whenever one is needed. */
  session?: () => Promise<ChatSession>
  /** Proves who the customer is: what the shop's server made with `signIdentity`. Asked for with every session. */
  identity?: () => Promise<string | undefined>
  /** What a visitor wants to be called. */
  name?: string
  /** With the token of a backend: whom it speaks for; the project's bot when absent. */
  participantId?: string
  /** Agents may follow all conversations of the project; `own` when absent. */
  follow?: 'own' | 'project'
  /**
   * Where the queue and the visitor's renewal are kept. When absent: in a browser its `localStorage`, elsewhere memory.
   * Nothing is written before {@link Chat.send | the first message}, unless `consent` says so.
   */
  storage?: ChatStorage
  /** `true`: may store from the beginning. `false`: never stores, and reads nothing. When absent: from the first message on. */
  consent?: boolean
  /**
   * Tabs of one browser with the same name share one socket. When absent, those with the same publishable key; `false` for a
   * socket of its own. Give each customer an own name where a browser may have several.
   */
  share?: string | false
  /** The class `WebSocket`; that of the platform when absent. Node has one since 22: pass that of `ws` on Node 20. */
  webSocket?: WebSocketClass
  /** What to send with over HTTP; `globalThis.fetch` when absent, looked up at each call. */
  fetch?: Fetch
  /** The language of the server's texts, such as `kk`. */
  locale?: string
  /** Where to go on from, for a program that kept {@link Chat.positions}. */
  positions?: readonly Position[]
  /** How many messages of a conversation are kept in memory; 1,000 when absent. Older ones can be loaded again. */
  keep?: number
  /** Waits between attempts to connect; 500 ms doubled up to 30 s when absent, each by chance between nothing and that. */
  backoff?: Backoff
  /** Chance from 0 to 1, for the waits; `Math.random` when absent. */
  random?: () => number
  /** The time in milliseconds; `Date.now` when absent. */
  now?: () => number
}

/** A conversation as it now is; the same object stays live. */
export interface LiveConversation {
  readonly id: string
  /** What is known, in order, and at the end what waits. A new array whenever it changes. */
  readonly messages: readonly ChatMessage[]
  /** There is more before the first one. */
  readonly hasEarlier: boolean
  /** How many of `messages` are of others and not read. */
  readonly unread: number
  /** Up to which sequence you have read, in this tab or another one. */
  readonly read: number
  /** How far the others are, by the id of the participant. */
  readonly receipts: ReadonlyMap<string, Receipt>
  /** Loads the page before the first message. */
  loadEarlier(limit?: number): Promise<void>
}

/** A message on its way. */
export interface Sending {
  /** As it stands in the conversation until it is stored. */
  message: ChatMessage
  /** Resolves when the server has stored it. Rejects when it refuses for good; the event `refused` says so too, so it may be ignored. */
  stored: Promise<Stored>
}

export interface Page<Item> {
  data: Item[]
  nextCursor: string | null
}

/** A chat: one for a page or a program. */
export interface Chat {
  /** Hears events until the returned function is called. */
  readonly on: On<ChatEvents>
  readonly status: StatusEvent['status']
  /** Who you are; known from the first connection on. */
  readonly me: Participant | undefined
  /**
   * Connects, and stays connected until `disconnect`: what breaks is tried again. Resolves with the first connection, rejects
   * when it is refused for good.
   */
  connect(): Promise<void>
  /** Closes the connection. What waits, waits; another tab takes the socket over. */
  disconnect(): void
  /** A page of conversations, the last active first. */
  conversations(query?: {
    status?: 'open' | 'closed'
    cursor?: string
    limit?: number
  }): Promise<Page<Conversation>>
  /** A conversation to look at. Its newest messages are loaded; `change` tells when they are there. */
  conversation(conversationId: string): LiveConversation
  /** Begins a conversation. */
  startConversation(about?: { subject?: string; participantIds?: string[] }): Promise<Conversation>
  /**
   * Says something: it stands in the conversation at once, waits in the queue while there is no connection, and is stored
   * once however often it has to be sent.
   *
   * A `clientId` of your own, a random one of 8 to 64 characters, makes it the same message wherever it is said again.
   *
   * @throws ChatError `queue-full` when 200 messages or 1 MB wait already.
   */
  send(conversationId: string, text: string, options?: { replyTo?: string; clientId?: string }): Sending
  /** Changes what you said. Needs a connection, as all of the following. */
  edit(conversationId: string, messageId: string, text: string): Promise<void>
  /** Takes back what you said. */
  remove(conversationId: string, messageId: string): Promise<void>
  /** Sets a reaction, or takes it back with `on: false`. */
  react(conversationId: string, messageId: string, emoji: string, on?: boolean): Promise<void>
  /** You write: say it with every key, it goes out every three seconds at most. */
  typing(conversationId: string): void
  /** For calls: hands up to 16 KB to the others who are there now, or to one of them. Not stored. */
  signal(conversationId: string, data: Record<string, unknown>, to?: string): Promise<void>
  /** Everything up to a sequence was seen; up to the last one when absent. */
  markRead(conversationId: string, sequence?: number): void
  /** Uploads a file; its message comes when it has arrived. Files do not wait in the queue. */
  sendFile(conversationId: string, file: FileLike, options?: FileOptions): Promise<Attachment>
  /**
   * Asks the API as the one who speaks here, such as `call('GET', '/v1/me')`: with the session that the tabs share, made anew
   * when it has ended. What may succeed later is tried three times; a `key` makes that safe where something is made. Needs
   * {@link Chat.connect}.
   */
  call<Body>(method: string, path: string, body?: unknown, key?: string): Promise<Body>
  /** How far each conversation is known, to go on from after a restart; see {@link ChatOptions.positions}. */
  positions(): Position[]
}

interface Listens {
  addEventListener(name: string, listener: () => void): void
  removeEventListener(name: string, listener: () => void): void
}

interface Platform extends Partial<Listens> {
  document?: unknown
  WebSocket?: WebSocketClass
}

const DEVICE = 'device'
const TYPING_MS = 3_000

/**
 * Makes a chat. It does nothing before {@link Chat.connect}: no request, no storage, no global of the page.
 *
 * @throws TypeError when there is neither a key nor a session, or no `WebSocket`.
 *
 * @example
 * const chat = createChat({ url: 'https://tapline.example.com', publishableKey: 'pk_…' })
 * chat.on('message', ({ message }) => console.log(message.text))
 * await chat.connect()
 * const { id } = await chat.startConversation()
 * await chat.send(id, 'Where is my order?').stored
 */
export function createChat(options: ChatOptions): Chat {
  const page = globalThis as Platform
  const { url, publishableKey, share = publishableKey, random = Math.random, now = Date.now } = options
  const webSocket = options.webSocket ?? page.WebSocket
  if (!publishableKey && !options.session) throw new TypeError('Pass `publishableKey` or `session`.')
  if (!webSocket) throw new TypeError('Pass `webSocket`.')
  const fetch: Fetch = (address, init) =>
    (options.fetch ?? globalThis.fetch)(address, init).catch((fault) => {
      throw unreachable(fault)
    })
  const { on, emit } = createEmitter<ChatEvents>()
  const storage = options.storage ?? (page.document ? webStorage() : memoryStorage())
  const prefix = `tapline:${url}:${share || ''}:`
  const shelf = createShelf(storage, options.consent, prefix)

  let status: StatusEvent = { status: 'idle' }
  let welcome: WelcomeFrame | undefined
  let typed = { conversationId: '', at: 0 }

  function take(frame: ServerFrame): void {
    conversations.take(frame)
    if (frame.type === 'presence') for (const who of frame.participants) emit('presence', who)
    else emit(frame.type as 'notice', frame as never)
  }

  function become(next: StatusEvent): void {
    if (status.status === 'online') conversations.down()
    status = next
    emit('status', next)
  }

  const connection = createConnection({
    ...{ webSocket, random, now },
    backoff: options.backoff ?? { baseMs: 500, capMs: 30_000 },
    async ticket(anew) {
      // Whoever sends also takes what tabs that are gone have left.
      await shelf.load()
      outgoing.restore()
      return api.ticket(anew)
    },
    hello: () => ({ device: device(), follow: options.follow, positions: conversations.positions() }),
    onUp(frame, positions) {
      welcome = frame
      become({ status: 'online' })
      conversations.up(frame, positions)
      outgoing.pump()
      tabs.announce()
    },
    onFrame(frame) {
      tabs.spread(frame)
      take(frame)
    },
    onStatus(next) {
      become(next)
      tabs.announce()
    },
  })

  const tabs = createTabs({
    ...{ name: share ? prefix : undefined, connection, now },
    state: (): State => ({
      status,
      welcome: welcome && { ...welcome, conversations: conversations.welcomed() },
      session: api.session(),
      queue: outgoing.waiting(),
    }),
    onState(state) {
      if (state.session) api.adopt(state.session)
      welcome = state.welcome ?? welcome
      become(state.status)
      if (state.status.status === 'online') conversations.up(state.welcome!, [])
      state.queue.forEach(outgoing.take)
      for (const queued of outgoing.own()) tabs.tell({ queued })
    },
    onFrame: take,
    onTold(frame) {
      if (frame.type === 'read') conversations.read(frame.conversationId, frame.sequence)
    },
    onNews(news) {
      if ('session' in news) api.adopt(news.session)
      else if ('queued' in news) outgoing.take(news.queued)
      else outgoing.settle(news.settled)
    },
  })

  const api = createApi({ ...options, ...{ fetch, now, shelf, tabs } })
  const outgoing = createOutgoing({
    ...{ shelf, now, tabs, emit },
    sender: () => welcome?.participant ?? null,
    onStored: (conversationId, sequence) => conversations.expect(conversationId, sequence),
  })
  const conversations = createConversations({
    ...{ outgoing, tabs, emit },
    me: () => welcome?.participant.id,
    followsAll: options.follow === 'project',
    keep: options.keep ?? 1_000,
  })
  for (const { conversationId, epoch, sequence } of options.positions ?? [])
    conversations.adopt(conversationId, epoch, sequence)

  function device(): string {
    const known = shelf.values.get(DEVICE) ?? randomId()
    shelf.set(DEVICE, known)
    return known
  }

  function listen(method: keyof Listens): void {
    for (const name of ['online', 'focus', 'visibilitychange']) page[method]?.(name, connection.hint)
  }

  const command = async (frame: Parameters<typeof tabs.request>[0]): Promise<void> => {
    const { conversationId, sequence } = (await tabs.request(frame)) as AckFrame
    if (sequence !== null) conversations.expect(conversationId, sequence)
  }

  return {
    on,
    get status() {
      return status.status
    },
    get me() {
      return welcome?.participant
    },
    connect() {
      listen('addEventListener')
      tabs.start()
      const connected = new Promise<void>((resolve, reject) => {
        const decide = (): void => {
          if (status.status === 'online') resolve()
          else if (status.status === 'stopped') reject(status.error!)
          else return
          off()
        }
        const off = on('status', decide)
        decide()
      })
      connected.catch(() => undefined)
      return connected
    },
    disconnect() {
      listen('removeEventListener')
      tabs.stop()
      become({ status: 'idle' })
    },
    conversations: (query = {}) =>
      api.call('GET', `/v1/conversations?${String(new URLSearchParams(query as Record<string, string>))}`),
    conversation(conversationId) {
      const log = conversations.open(conversationId)
      return {
        id: conversationId,
        get messages() {
          return [...log.messages, ...outgoing.tail(conversationId)]
        },
        get hasEarlier() {
          return log.low > 0
        },
        get unread() {
          const mine = welcome?.participant.id
          return log.messages.filter(
            ({ sequence, sender, deletedAt }) =>
              sequence! > log.read && sender!.id !== mine && deletedAt === null,
          ).length
        },
        get read() {
          return log.read
        },
        get receipts() {
          return log.receipts
        },
        loadEarlier: (limit) => conversations.loadEarlier(log, limit),
      }
    },
    async startConversation(about = {}) {
      const begun = await api.call<Conversation>('POST', '/v1/conversations', about, randomId())
      conversations.adopt(begun.id, begun.epoch, begun.sequence)
      return begun
    },
    send: (conversationId, text, { replyTo, clientId } = {}) =>
      outgoing.add({ conversationId, text, replyTo, clientId }),
    edit: (conversationId, messageId, text) => command({ type: 'edit', conversationId, messageId, text }),
    remove: (conversationId, messageId) => command({ type: 'delete', conversationId, messageId }),
    react: (conversationId, messageId, emoji, set = true) =>
      command({ type: 'react', conversationId, messageId, emoji, on: set }),
    signal: (conversationId, data, to) =>
      command({
        type: 'signal',
        conversationId,
        clientId: randomId(),
        data,
        to,
      }),
    typing(conversationId) {
      if (typed.conversationId === conversationId && now() - typed.at < TYPING_MS) return
      typed = { conversationId, at: now() }
      tabs.send({ type: 'typing', conversationId })
    },
    markRead: (conversationId, sequence) => conversations.read(conversationId, sequence),
    sendFile: (conversationId, file, choices = {}) =>
      sendFile({ fetch, call: api.call }, conversationId, file, choices),
    call: (method, path, body, key) => api.call(method, path, body, key),
    positions: conversations.positions,
  }
}
