import { expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { createChat, type ChatError, type ChatMessage } from './index.ts'
import { seeded } from './random.fixture.ts'
import { startReferenceServer, type ReferenceServer, type ReferenceTalk } from './reference-server.fixture.ts'
import { startStormyLink } from './stormy-link.fixture.ts'

const CLIENTS = 6
const CONVERSATIONS = 3
const STORM_MS = 3_000
const SEEDS = process.env.TAPLINE_TEST_SEED
  ? [Number(process.env.TAPLINE_TEST_SEED)]
  : Array.from({ length: 8 }, (_, i) => i + 1)

/** One participant with a client, who says, changes and takes back at random, and notes what the client claims. */
function startSpeaker(server: ReferenceServer, random: () => number, name: string, talks: ReferenceTalk[]) {
  const me = server.join(name)
  for (const talk of talks) talk.participants.set(me.id, { received: 0, read: 0 })
  const chat = createChat({
    url: server.url,
    session: () => Promise.resolve({ token: server.open(me.id).token }),
    webSocket: WebSocket,
    backoff: { baseMs: 10, capMs: 80 },
    random,
  })
  const heard: ChatMessage[] = []
  const disorder: string[] = []
  const acknowledged = new Map<string, string>()
  const tops = new Map<string, number>()
  chat.on('message', ({ message, earlier }) => {
    heard.push(message)
    if (earlier) return
    const { conversationId, sequence } = message
    if (sequence! <= (tops.get(conversationId) ?? 0)) disorder.push(`${name} hears ${sequence} late`)
    tops.set(conversationId, sequence!)
  })
  chat.on('change', ({ conversationId }) => {
    const { messages } = chat.conversation(conversationId)
    const sequences = messages.map(({ sequence }) => sequence ?? Infinity)
    const names = messages.map(({ clientId, sender }) => `${sender?.id} ${clientId}`)
    if (sequences.some((sequence, index) => sequence < (sequences[index - 1] ?? 0)))
      disorder.push(`${name} sees ${sequences.join()}`)
    if (new Set(names).size < names.length) disorder.push(`${name} sees one twice: ${names.join()}`)
  })
  for (const talk of talks) chat.conversation(talk.id)
  let said = 0

  async function act(): Promise<void> {
    const talk = talks[Math.floor(random() * talks.length)]!
    const dice = random()
    const mine = chat.conversation(talk.id).messages.filter(({ id, sender }) => id && sender?.id === me.id)
    const one = mine[Math.floor(random() * mine.length)]
    if (dice < 0.7 || one === undefined) {
      const text = `${name} ${++said}`
      const { stored } = chat.send(talk.id, text)
      stored.then(
        ({ messageId }) => acknowledged.set(messageId, text),
        (error: ChatError) => disorder.push(`${text} was refused: ${error.code}`),
      )
    } else if (dice < 0.8) await chat.react(talk.id, one.id!, '👍', random() < 0.5)
    else if (dice < 0.9) await chat.edit(talk.id, one.id!, `${one.text} edited`)
    else if (dice < 0.93) await chat.remove(talk.id, one.id!)
    else chat.markRead(talk.id)
  }
  return { me, chat, heard, disorder, acknowledged, act, said: () => said }
}

test.each(SEEDS)(
  'seed %i: every acknowledged message ends at every participant once, in sequence',
  async (seed) => {
    const random = seeded(seed)
    const server = await startReferenceServer({ pingMs: 60, page: 5 })
    const link = await startStormyLink({ random, target: server.socketUrl })
    server.script.socketUrl = link.url
    server.script.refuse = () => {
      const dice = random()
      return dice < 0.05 ? { code: 'credits-spent', temporary: true, retryAfterMs: 20 } : undefined
    }
    const refusals = new Set<string>()
    const talks = Array.from({ length: CONVERSATIONS }, () => server.startTalk())
    const speakers = Array.from({ length: CLIENTS }, (_, index) =>
      startSpeaker(server, random, `speaker${index}`, talks),
    )
    try {
      for (const { chat } of speakers) void chat.connect()
      const end = performance.now() + STORM_MS
      while (performance.now() < end) {
        const { act } = speakers[Math.floor(random() * speakers.length)]!
        // A command without a connection is refused for now; that is what it says.
        act().catch(({ code }: ChatError) => refusals.add(code))
        await new Promise((resolve) => setTimeout(resolve, random() * 12))
      }
      link.calm()
      const total = speakers.reduce((sum, { said }) => sum + said(), 0)
      const everything = talks.flatMap(({ messages }) => [...messages.values()])
      await vi.waitFor(
        () => {
          const stored = talks.reduce((sum, { messages }) => sum + messages.size, 0)
          expect(stored).toBe(total)
          for (const { heard, acknowledged, said } of speakers) {
            expect(acknowledged.size).toBe(said())
            expect(heard.length).toBe(total)
          }
        },
        { timeout: 10_000, interval: 20 },
      )
      await vi.waitFor(
        () => {
          for (const { chat } of speakers)
            for (const { id, messages, log } of talks) {
              const last = log.length
              expect(chat.positions().find(({ conversationId }) => conversationId === id)?.sequence).toBe(
                last,
              )
              expect(chat.conversation(id).messages.map(strip)).toEqual([...messages.values()].map(strip))
            }
        },
        { timeout: 5_000, interval: 50 },
      )
      for (const { heard, disorder, acknowledged } of speakers) {
        expect(disorder).toEqual([])
        expect(new Set(heard.map(({ id }) => id)).size).toBe(heard.length)
        for (const id of acknowledged.keys()) expect(heard.some((message) => message.id === id)).toBe(true)
      }
      expect([...refusals].filter((code) => !['disconnected', 'message-deleted'].includes(code))).toEqual([])
      expect(everything.length).toBeGreaterThan(50)
      // The weather was bad enough to say something.
      for (const [what, count] of Object.entries(link.counts)) expect(count, what).toBeGreaterThan(5)
    } finally {
      for (const { chat } of speakers) chat.disconnect()
      await link.stop()
      await server.stop()
    }
  },
)

/** What both sides must agree on. */
const strip = ({
  id,
  sequence,
  text,
  clientId,
  reactions,
  editedAt,
  deletedAt,
}: Omit<ChatMessage, 'conversationId'>) => ({
  ...{ id, sequence, text, clientId, deleted: deletedAt !== null, edited: editedAt !== null },
  reactions: reactions.map(({ emoji, participantIds }) => ({
    emoji,
    participantIds: [...participantIds].sort(),
  })),
})
