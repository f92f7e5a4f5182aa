import { ChatError, disconnected } from './chat-error.ts'
import type { ChatSession } from './api.ts'
import type { Connection, StatusEvent } from './connection.ts'
import type { LooseFrame, ReplyFrame, RequestFrame, ServerFrame, WelcomeFrame } from './contract.ts'
import type { Outcome, Outgoing } from './outgoing.ts'
import { randomId } from './random-id.ts'
import { createRequests } from './requests.ts'

/** How things stand in the tab that has the socket. */
export interface State {
  status: StatusEvent
  welcome: WelcomeFrame | undefined
  session: ChatSession | undefined
  queue: readonly Outgoing[]
}

/** What every tab should know. */
export type News = { session: ChatSession } | { queued: Outgoing } | { settled: Outcome }

type Word = { to?: string; from: string } & (
  | { say: 'join' }
  | { say: 'state'; state: State }
  | { say: 'frame'; frame: ServerFrame }
  | { say: 'news'; news: News }
  | { say: 'tell'; frame: LooseFrame }
  | { say: 'ask'; id: number; frame: RequestFrame }
  | { say: 'answer'; id: number; reply?: ReplyFrame; error?: ChatError }
)
type Said<Words> = Words extends { from: string } ? Omit<Words, 'from'> : never

interface Channel {
  onmessage: ((event: never) => void) | null
  postMessage(word: string): void
  close(): void
}

interface Locks {
  request(name: string, options: { signal: AbortSignal }, hold: () => Promise<void>): Promise<void>
}

interface Page {
  document?: unknown
  BroadcastChannel?: new (name: string) => Channel
  navigator?: { locks?: Locks }
}

interface Needs {
  /** Tabs of one name share a socket; none shares. */
  name: string | undefined
  connection: Connection
  now: () => number
  state: () => State
  onState: (state: State) => void
  onFrame: (frame: ServerFrame) => void
  /** What another tab tells the server. */
  onTold: (frame: LooseFrame) => void
  onNews: (news: News) => void
}

/** One socket for all tabs of a browser: who holds the lock has it, the others speak through that tab. */
export function createTabs({ name, connection, now, ...needs }: Needs) {
  const { document, BroadcastChannel, navigator } = globalThis as Page
  const locks = navigator?.locks
  const own = randomId()
  const asked = createRequests(now)
  let channel: Channel | undefined
  let leads = false
  let leave: (() => void) | undefined
  let isReady: () => void
  let ready = new Promise<void>((resolve) => (isReady = resolve))

  const post = (word: Said<Word>): void => channel?.postMessage(JSON.stringify({ ...word, from: own }))

  function lead(): void {
    leads = true
    asked.abandon()
    isReady()
    connection.start()
  }

  function hear(word: Word): void {
    if (word.to && word.to !== own) return
    if (word.say === 'news') return needs.onNews(word.news)
    if (word.say === 'tell') needs.onTold(word.frame)
    if (word.say === 'answer') asked.answer(word.id, word.reply, word.error)
    else if (leads) {
      const to = word.from
      if (word.say === 'join') post({ say: 'state', to, state: needs.state() })
      else if (word.say === 'tell') connection.send(word.frame)
      else if (word.say === 'ask') {
        const { id } = word
        void connection
          .request(word.frame)
          .then(
            (reply) => ({ reply }),
            (error: ChatError) => ({ error }),
          )
          .then((outcome) => post({ say: 'answer', to, id, ...outcome }))
      }
    } else if (word.say === 'frame') needs.onFrame(word.frame)
    else if (word.say === 'state') {
      asked.abandon()
      needs.onState(word.state)
      if (word.state.session) isReady()
    }
  }

  return {
    leads: () => leads,
    ready: () => ready,
    start(): void {
      // It may have been stopped for good, and be tried again.
      if (leads) connection.start()
      if (leave) return
      if (!name || !document || !BroadcastChannel || !locks) {
        leave = () => undefined
        return lead()
      }
      const waiting = new AbortController()
      leave = () => waiting.abort()
      const opened = (channel = new BroadcastChannel(name))
      opened.onmessage = ({ data }: { data: string }) => hear(JSON.parse(data, revive) as Word)
      locks
        .request(name, { signal: waiting.signal }, () => {
          return new Promise<void>((release) => {
            leave = release
            lead()
          })
        })
        .catch(() => undefined)
      post({ say: 'join' })
    },
    stop(): void {
      if (leads) connection.stop()
      leads = false
      leave?.()
      leave = undefined
      channel?.close()
      channel = undefined
      asked.abandon()
      ready = new Promise((resolve) => (isReady = resolve))
    },
    /** To the others, from the one that has the socket. */
    spread: (frame: ServerFrame): void => post({ say: 'frame', frame }),
    announce: (): void => post({ say: 'state', state: needs.state() }),
    tell: (news: News): void => post({ say: 'news', news }),
    send(frame: LooseFrame): void {
      if (leads) connection.send(frame)
      post({ say: 'tell', frame })
    },
    async request(frame: RequestFrame): Promise<ReplyFrame> {
      if (leads) return connection.request(frame)
      if (!channel) throw disconnected()
      return asked.ask((id) => post({ say: 'ask', id, frame }))
    },
  }
}

/** A channel carries no classes. */
function revive(_: string, value: unknown): unknown {
  const error = value as ChatError | null
  return error?.name === 'ChatError' ? new ChatError(error.code, error.message, error) : value
}

export type Tabs = ReturnType<typeof createTabs>
