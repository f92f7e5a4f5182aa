import {
  createChat,
  memoryStorage,
  type Chat,
  type ChatError,
  type ChatMessage,
  type ChatSession,
  type Conversation,
  type Participant,
} from '@tapline/chat'
import { createFirstWords } from './first-words.ts'
import { isMine } from './is-mine.ts'
import type { Locale } from './locale.ts'
import { hasSpoken, shelfOf } from './memory.ts'
import type { IdentitySource } from './shell.ts'
import { tidyShelf } from './tidy-shelf.ts'
import { fetchWithProgress } from './upload.ts'

/** A file on its way. */
export interface Upload {
  id: string
  file: File
  /** From 0 to 1. */
  share: number
  error?: ChatError
}

/** Who speaks: a visitor, a customer whom the shop has signed, or one who was proven by Telegram. */
export type Speaker =
  | { kind: 'visitor' }
  | { kind: 'signed'; token: string; renew: IdentitySource }
  | { kind: 'proven'; session: ChatSession & { participant: Participant } }

/** Said about oneself; it proves nothing. */
export interface Contact {
  name?: string
  email?: string
  phone?: string
}

interface Needs {
  url: string
  key: string
  speaker: Speaker
  locale: Locale
  mayStore: boolean
  onChange: () => void
  onMessage: (message: ChatMessage) => void
  onRefused: (text: string, error: ChatError) => void
  /** A proven session has ended. */
  onEnded: () => void
}

const TYPING_MS = 5_000
const RETRY_MS = 2_000
/** Whoever has said something a moment ago is there, whichever way it came. */
const THERE_MS = 2 * 60_000

/** The one conversation of this shopper with the shop, over all that may happen to a network. */
export function createTalk(needs: Needs) {
  const { url, key, speaker, locale, mayStore, onChange } = needs
  const share = speaker.kind === 'visitor' ? key : `${key}~${nameOf(speaker)}`
  const prefix = shelfOf(url, share)
  if (speaker.kind !== 'visitor') inherit(shelfOf(url, key), prefix)
  if (mayStore) tidyShelf(prefix)
  const words = createFirstWords(prefix, mayStore)
  const uploads = new Map<string, Upload>()
  const people = new Map<string, Participant & { read?: number }>()
  const present = new Map<string, boolean>()
  const heardAt = new Map<string, number>()
  const typing = new Map<string, number>()
  let contact: Contact | undefined
  let conversationId: string | undefined
  let refused: ChatError | undefined
  let settled = false
  let connected: Promise<void> | undefined
  let beginning: Promise<string> | undefined
  let ended = false
  let leave = (): void => undefined
  const over = new Promise<never>((_, reject) => (leave = () => reject(new Error('The talk is over.'))))
  over.catch(() => undefined)
  const wire = fetchWithProgress((file, done) => {
    for (const upload of uploads.values()) if (upload.file === file) upload.share = done
    onChange()
  })

  const chat: Chat = createChat({
    ...{ url, publishableKey: key, share, locale },
    ...(mayStore ? {} : { consent: false, storage: memoryStorage() }),
    fetch: wire.fetch,
    ...(speaker.kind === 'signed' && {
      identity: async () => (typeof speaker.renew === 'function' ? speaker.renew() : speaker.renew),
    }),
    ...(speaker.kind === 'proven' && {
      session: async () => {
        if (Date.parse(speaker.session.expiresAt!) < Date.now()) needs.onEnded()
        return speaker.session
      },
    }),
  })

  chat.on('change', ({ conversationId: id, events }) => {
    for (const event of events)
      if (event.kind === 'membership' && event.change === 'joined') people.set(event.member.id, event.member)
    if (id === conversationId) onChange()
    // Another tab has begun it, or the server.
    else if (!conversationId && settled) void find().catch(() => undefined)
  })
  chat.on('message', ({ message, earlier }) => {
    if (message.sender) {
      typing.delete(message.sender.id)
      heard(message.sender.id, Date.parse(message.createdAt))
    }
    if (message.conversationId === conversationId && !earlier && !isMine(message, chat.me?.id))
      needs.onMessage(message)
  })
  chat.on('status', ({ status, error }) => {
    refused = status === 'stopped' ? error : undefined
    onChange()
    if (status === 'online') void settle()
  })
  chat.on('receipt', onChange)
  chat.on('presence', ({ participantId, present: is }) => {
    present.set(participantId, is)
    if (!is) heardAt.delete(participantId)
    onChange()
  })
  chat.on('typing', ({ conversationId: id, participantId }) => {
    if (id !== conversationId || participantId === chat.me?.id) return
    typing.set(participantId, Date.now() + TYPING_MS)
    heard(participantId, Date.now())
    onChange()
    setTimeout(onChange, TYPING_MS + 50)
  })
  chat.on('refused', ({ message, error }) => needs.onRefused(message.text ?? '', error))

  function heard(who: string, at: number): void {
    const left = at + THERE_MS - Date.now()
    if (left <= 0) return
    heardAt.set(who, at)
    setTimeout(onChange, left + 50)
  }

  function connect(): Promise<void> {
    connected ??= chat.connect()
    connected.catch(() => undefined)
    return connected
  }

  function adopt({ id, participants }: Conversation): string {
    conversationId = id
    for (const person of participants) people.set(person.id, person)
    chat.conversation(id)
    onChange()
    return id
  }

  /** The latest conversation there is; writing opens a closed one again. */
  async function find(): Promise<string | undefined> {
    const { data } = await chat.conversations({ limit: 1 })
    if (ended || conversationId) return conversationId
    return data[0] && adopt(data[0])
  }

  async function settle(): Promise<void> {
    try {
      if (!conversationId) await find()
      settled = true
      onChange()
      if (words.all().length > 0 || contact) await begin()
    } catch {
      // The network went; the next connection settles it.
      if (!ended && chat.status === 'online') setTimeout(() => void settle(), RETRY_MS)
    }
  }

  /** The conversation, begun where there is none; of several tabs one begins it. */
  function begin(): Promise<string> {
    const alone = async (): Promise<string> => {
      const id = conversationId ?? (await find()) ?? adopt(await chat.startConversation())
      // What is said stays for the next one to say.
      if (ended) return id
      for (const { id: word, text } of words.all()) {
        // Another tab may say it too; under one name it is said once.
        chat.send(id, text, { clientId: word })
        words.remove(word)
      }
      if (contact) {
        const said = contact
        contact = undefined
        // What agents see beside the request; without it they see less.
        await chat.call('PATCH', '/v1/me', said).catch(() => undefined)
      }
      return id
    }
    const { locks } = navigator
    beginning ??= connect()
      // Whoever ends in the middle of it lets the next one begin.
      .then(async () =>
        locks ? await locks.request(`${prefix}begin`, () => Promise.race([alone(), over])) : alone(),
      ) // prettier-ignore
      .finally(() => (beginning = undefined))
    return beginning
  }

  /** Somebody else has written in another tab. */
  const onStorage = ({ key: changed }: StorageEvent): void => {
    if (!changed?.startsWith(prefix)) return
    void connect()
    onChange()
  }
  window.addEventListener('storage', onStorage)

  const others = () => [...people.values()].filter(({ id, kind }) => id !== chat.me?.id && kind !== 'bot')
  const agents = () => others().filter(({ kind }) => kind === 'agent')
  const live = () => (conversationId ? chat.conversation(conversationId) : undefined)

  return {
    chat,
    share,
    connect,
    /** Whether something is kept of an earlier visit. */
    wasHere: () => mayStore && hasSpoken(prefix),
    /** What makes the visitor the same one the next time. */
    renewal(): string | undefined {
      try {
        return localStorage.getItem(`${prefix}renewal`) ?? undefined
      } catch {
        return undefined
      }
    },
    get id() {
      return conversationId
    },
    get status() {
      return chat.status
    },
    /** Why nobody may speak here. */
    get refused() {
      return refused
    },
    get me() {
      return chat.me
    },
    /** What was said and what waits, in order. */
    messages(): ChatMessage[] {
      const known = live()?.messages ?? []
      const names = new Set(known.map(({ clientId }) => clientId))
      const first = words.all().filter(({ id }) => !names.has(id))
      return [...known, ...first.map(({ id, text, at }) => waiting(id, text, at))]
    },
    uploads: (): Upload[] => [...uploads.values()],
    hasEarlier: () => live()?.hasEarlier ?? false,
    loadEarlier: async () => live()?.loadEarlier(),
    unread: () => live()?.unread ?? 0,
    markRead(): void {
      if (conversationId) chat.markRead(conversationId)
    },
    /** Up to which sequence somebody of the shop has read. */
    readBy(): number {
      const receipts = live()?.receipts
      return Math.max(0, ...agents().map(({ id, read }) => receipts?.get(id)?.read ?? read ?? 0))
    },
    agents,
    isPresent: () =>
      agents().some(({ id }) => present.get(id) || (heardAt.get(id) ?? 0) > Date.now() - THERE_MS),
    typing: () => others().filter(({ id }) => (typing.get(id) ?? 0) > Date.now()),
    types(): void {
      if (conversationId) chat.typing(conversationId)
      else void connect()
    },
    /** Throws `queue-full`. */
    send(text: string): void {
      if (conversationId) chat.send(conversationId, text)
      else {
        words.add(text)
        onChange()
        begin().catch(() => undefined)
      }
    },
    tell(said: Contact): void {
      contact = { ...contact, ...said }
      if (conversationId) void begin().catch(() => undefined)
    },
    async upload(file: File): Promise<void> {
      const upload: Upload = { id: crypto.randomUUID(), file, share: 0 }
      uploads.set(upload.id, upload)
      onChange()
      try {
        const id = conversationId ?? (await begin())
        await chat.sendFile(id, file)
        uploads.delete(upload.id)
      } catch (fault) {
        upload.error = fault as ChatError
      }
      onChange()
    },
    /** Also of what is on its way. */
    drop(id: string): void {
      const upload = uploads.get(id)
      uploads.delete(id)
      if (upload) wire.cancel(upload.file)
      onChange()
    },
    /** With `forget`, what a customer has left in this browser goes too. */
    end(forget = false): void {
      ended = true
      leave()
      window.removeEventListener('storage', onStorage)
      for (const { file } of uploads.values()) wire.cancel(file)
      chat.disconnect()
      if (forget && speaker.kind !== 'visitor') clear(prefix)
    },
  }
}

export type Talk = ReturnType<typeof createTalk>

const waiting = (clientId: string, text: string, at: number): ChatMessage => ({
  ...{ conversationId: '', id: null, sequence: null, sender: null, clientId, text, attachment: null },
  ...{ replyTo: null, reactions: [], createdAt: new Date(at).toISOString(), editedAt: null, deletedAt: null },
})

/** What a visitor has said belongs to the customer who turns out to have said it: the server joins them. */
function inherit(from: string, to: string): void {
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(from)) continue
      localStorage.setItem(to + key.slice(from.length), localStorage.getItem(key)!)
      localStorage.removeItem(key)
    }
  } catch {
    // Nothing is kept here.
  }
}

function clear(prefix: string): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
  } catch {
    // Nothing is kept here.
  }
}

/** Tabs of the same customer share a socket, and those of another one do not. */
function nameOf(speaker: Exclude<Speaker, { kind: 'visitor' }>): string {
  if (speaker.kind === 'proven') return speaker.session.participant.id
  try {
    const payload = speaker.token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/')
    const { externalId, email, phone } = JSON.parse(atob(payload)) as Record<string, string>
    return `c${hashOf(externalId ?? email ?? phone ?? '')}`
  } catch {
    return 'customer'
  }
}

function hashOf(text: string): string {
  let hash = 5381
  for (let index = 0; index < text.length; index++) hash = ((hash << 5) + hash + text.charCodeAt(index)) >>> 0
  return hash.toString(36)
}
