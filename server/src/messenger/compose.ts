import { monitorEventLoopDelay } from 'node:perf_hooks'
import { totalmem } from 'node:os'
import type { Redis } from '../redis/connect.ts'
import type { NewId } from '../kernel/ids.ts'
import type { Locale } from '../kernel/locale.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import type { Caller } from '../http/handlers.ts'
import { movingAverage, readBudget } from '../pipeline/read-budget.ts'
import type { Sql } from '../postgres/sql.ts'
import { conversationHandlers } from './adapters/http/conversation-handlers.ts'
import { eventPresenter } from './adapters/http/present-conversation.ts'
import { postgresConversationStore } from './adapters/postgres/postgres-conversation-store.ts'
import { postgresDeliveryState } from './adapters/postgres/postgres-delivery-state.ts'
import { postgresMessageLog } from './adapters/postgres/postgres-message-log.ts'
import { redisCredits } from './adapters/redis/redis-credits.ts'
import { redisFanOut } from './adapters/redis/redis-fan-out.ts'
import { redisIngestionStream } from './adapters/redis/redis-ingestion-stream.ts'
import { redisPresence } from './adapters/redis/redis-presence.ts'
import { openConnections } from './adapters/websocket/connections.ts'
import type { Newcomer } from './adapters/websocket/dependencies.ts'
import { openGateway } from './adapters/websocket/gateway.ts'
import { bringInOrder } from './bring-in-order.ts'
import { openLines } from './adapters/pipeline/open-lines.ts'
import type { AttachmentOfMessage, ConversationEvent, Message } from './domain/conversation.ts'
import type { Item, Speaker } from './domain/item.ts'
import { holdConversations } from './hold-conversations.ts'
import { knowConversations } from './know-conversations.ts'
import type { ConversationKey } from './ports/conversation-store.ts'
import type { MessengerMeter } from './ports/meter.ts'
import type { LiveFrame } from './ports/live.ts'
import type { Settings, SettingsOf, Shop } from './ports/neighbours.ts'
import type { Speakers } from './know-speakers.ts'
import { settleDeliveries } from './settle-deliveries.ts'
import { acknowledge } from './stages/acknowledge.ts'
import { answer } from './stages/answer.ts'
import { authorize } from './stages/authorize.ts'
import { change } from './stages/change.ts'
import { charge } from './stages/charge.ts'
import { deliver } from './stages/deliver.ts'
import { forgetRepeats } from './stages/forget-repeats.ts'
import { handOn } from './stages/hand-on.ts'
import { keepRecent, recentEvents } from './stages/keep-recent.ts'
import { moderate } from './stages/moderate.ts'
import { persist } from './stages/persist.ts'
import { readHistory } from './stages/read-history.ts'
import { record } from './stages/record.ts'
import { report } from './stages/report.ts'
import { takeInPushed } from './take-in-pushed.ts'
import { talk as talkThrough } from './talk.ts'

type Dependencies = {
  /** Of its own, with kept plans. */
  chat: Sql
  unitOfWork: UnitOfWork
  redis: Redis
  listener: Redis
  /** Of a cluster: a publication goes to one node instead of to all. */
  sharded: boolean
  prefix: string
  newId: NewId
  meter: MessengerMeter
  settingsOf: SettingsOf
  /** As they were known last. */
  peekSettings: (projectId: string) => Settings | undefined
  shopOf: (projectId: string) => Promise<Shop>
  languageOf: Parameters<typeof answer>[0]['languageOf']
  botOf: (projectId: string) => Promise<Speaker>
  speakerOf: (caller: Caller, senderId?: string) => Promise<Speaker | Refusal>
  speakers: Speakers
  redeem: (ticket: string) => Promise<Newcomer | undefined>
  tell: (refusal: Refusal, locale: Locale) => { status: number; detail: string }
  filesOf: (projectId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, AttachmentOfMessage>>
  removeFile: (projectId: string, attachmentId: string) => void
  /** Something was committed: for those who look from outside. */
  onEvent: (event: ConversationEvent) => void
  log: { warn(details: object, message: string): void }
  onFault: (where: string) => (error: unknown) => void
}

export type Messenger = ReturnType<typeof composeMessenger>

const LOOK_MS = 250
const ADMIT_EVERY_MS = 50
/** Frames a second that a process reads at its full budget: more than it can even refuse. */
const FULL_FRAMES = 200_000
const FULL_ROWS = 500
const FULL_PUSHED = 200
const MEMORY_LIMIT = Math.min(process.constrainedMemory() || totalmem(), totalmem())

export function composeMessenger(dependencies: Dependencies) {
  const { chat, unitOfWork, redis, listener, sharded, prefix, newId, meter, settingsOf, peekSettings } =
    dependencies
  const {
    shopOf,
    languageOf,
    botOf,
    speakerOf,
    speakers,
    redeem,
    tell,
    filesOf,
    removeFile,
    onEvent,
    log: logger,
    onFault,
  } = dependencies

  const log = postgresMessageLog({ chat, unitOfWork, filesOf })
  const store = postgresConversationStore({ chat, unitOfWork, lastMessages })
  const state = postgresDeliveryState({ chat, newId })
  const credits = redisCredits(redis, prefix)
  const presence = redisPresence(redis, prefix)
  const stream = redisIngestionStream(redis, prefix)
  const conversations = knowConversations({ standings: store.standings })
  const recent = recentEvents()
  const present = eventPresenter()
  const connections = openConnections({ present, membersOf: (key) => conversations.peek(key)?.members ?? [] })
  const bring = bringInOrder({
    log,
    live: connections.live,
    conversations,
    onFault: onFault('chat-catch-up'),
  })
  const fanOut = redisFanOut({
    redis,
    listener,
    prefix,
    sharded,
    onWakes: (wakes) => {
      for (const key of wakes) {
        recent.forget(key)
        if (key.members === true) conversations.forget(key)
      }
      void bring.woken(wakes).catch(onFault('chat-wakes'))
    },
    onFrames: (frames) => void handOnHere(frames).catch(onFault('chat-frames')),
    onError: onFault('chat-fan-out'),
  })

  /** With this commit everybody who has the conversation may have to be asked anew who takes part. */
  async function announce(event: ConversationEvent): Promise<void> {
    const epoch = conversations.peek(event)?.epoch
    conversations.forget(event)
    recent.add(event, epoch)
    await conversations.of([event])
    bring.event(event)
    fanOut.wake([event])
    onEvent(event)
  }

  async function handOnHere(frames: readonly LiveFrame[]): Promise<void> {
    await conversations.of(
      frames.flatMap((frame) =>
        (frame.kind === 'presence' ? frame.conversationIds : [frame.conversationId]).map(
          (conversationId) => ({
            projectId: frame.projectId,
            conversationId,
          }),
        ),
      ),
    )
    for (const frame of frames)
      connections.live.handOn(
        frame,
        frame.kind === 'presence' ? [] : (conversations.peek(frame)?.members ?? []),
      )
  }

  /** Whoever is connected may have been merged, erased or switched off since. */
  const isStill = async (projectId: string, { participantId, kind }: Speaker) =>
    (await speakers.of(projectId, { participantId, kind })) !== undefined

  async function lastMessages(
    keys: readonly { projectId: string; conversationId: string; sequence: number }[],
  ) {
    const found = await log.events(
      keys.map(({ sequence, ...key }) => ({ ...key, after: sequence - 1, upTo: sequence })),
      1,
    )
    return new Map<string, Message>(
      found
        .flat()
        .flatMap((event) => (event.kind === 'message' ? [[event.conversationId, event.message]] : [])),
    )
  }

  const commitMs = movingAverage()
  const measured = {
    ...log,
    append: async (messages: Parameters<typeof log.append>[0]) => {
      const began = performance.now()
      const written = await log.append(messages)
      const ms = performance.now() - began
      commitMs.add(ms)
      meter.committed(messages.length, ms)
      return written
    },
  }

  const pipeline = openLines({
    stages: {
      authorize: authorize({
        conversations,
        store,
        log,
        announce,
        isStill: (item) => isStill(item.projectId, item.speaker),
        now: () => performance.now(),
      }),
      charge: charge({ credits, settingsOf }),
      moderate: moderate({ settingsOf }),
      persist: persist({ log: measured, newId, onFault: onFault('chat-persist') }),
      change: change({ log, removeFile, onFault: onFault('chat-change') }),
      acknowledge: acknowledge({ now: () => new Date() }),
      remember: keepRecent({ recent }),
      deliver: deliver({
        bring: (event) => {
          bring.event(event)
          onEvent(event)
        },
        fanOut,
      }),
      answer: answer({ settingsOf, shopOf, botOf, languageOf, say: sayByItself, now: () => Date.now() }),
      'forget-repeats': forgetRepeats(),
      'hand-on': handOn({ live: connections.live, fanOut, conversations }),
      record: record({ state }),
      'read-history': readHistory({ log, recent }),
      report: report({
        tell: ({ times, ...what }) =>
          logger.warn({ ...what, times }, 'the messenger dropped something that may be lost'),
      }),
    },
    choicesOf: (projectId) => {
      const settings = peekSettings(projectId)
      return settings === undefined
        ? { moderate: true, answer: true }
        : {
            moderate: settings.moderation !== null,
            answer: settings.autoReply !== null || settings.businessHours !== null,
          }
    },
    meterOf: meter.line,
    onFault: (error, stage) => onFault(`chat-${stage}`)(error),
  })
  const offer = (item: Item) => pipeline.offer(withMeter(item))
  const talk = talkThrough({ offer, put: (item) => pipeline.put(withMeter(item)), log })

  /** What was refused is counted, whoever was told. */
  function withMeter(item: Item): Item {
    const { refuse } = item.reply
    item.reply.refuse = (refusal) => {
      meter.refused(refusal.refused)
      refuse(refusal)
    }
    return item
  }

  function sayByItself({
    bot,
    clientId,
    text,
    ...key
  }: {
    projectId: string
    conversationId: string
    bot: Speaker
    clientId: string
    text: string
  }): Promise<boolean> {
    return talk
      .say({ ...key, speaker: bot, isFree: true, said: { clientId, text, replyTo: null, attachment: null } })
      .then(
        (outcome) => !isRefusal(outcome),
        (error: unknown) => {
          onFault('chat-answer')(error)
          return false
        },
      )
  }

  const delay = monitorEventLoopDelay({ resolution: 20 })
  const budget = readBudget({
    read: () => {
      const loopDelayMs = delay.percentile(99) / 1e6
      delay.reset()
      return {
        fill: pipeline.fill(),
        commitMs: commitMs.value(),
        loopDelayMs: Number.isFinite(loopDelayMs) ? loopDelayMs : 0,
        memoryShare: process.memoryUsage.rss() / MEMORY_LIMIT,
      }
    },
  })
  let frames = 0
  const admitted: (() => void)[] = []
  const share = (full: number) => Math.max(1, Math.round(full * budget.now()))

  const gateway = openGateway({
    connections,
    intake: { ...pipeline, offer },
    bring,
    conversations,
    log,
    presence,
    redeem,
    isStill,
    settingsOf,
    follow: fanOut.follow,
    leave: fanOut.leave,
    tell,
    present,
    admit: (count) => frames > 0 && (frames -= count) >= 0,
    whenAdmitted: (tellMe) => void admitted.push(tellMe),
    newId,
    onEvent: meter.gateway,
    onFault: onFault('chat-gateway'),
  })

  const timers: NodeJS.Timeout[] = []
  const settle = settleDeliveries({
    unitOfWork,
    state,
    presence,
    budget: () => share(FULL_ROWS),
    onSettled: meter.settled,
  })
  const takeIn = takeInPushed({
    stream,
    say: talk.say,
    speakerOf: (projectId, senderId) => speakerOf({ projectId, locale: 'ru' }, senderId ?? undefined),
    state,
    budget: () => share(FULL_PUSHED),
  })

  const held = holdConversations({ store, conversations, announce, newId })

  return {
    handlers: conversationHandlers({
      store,
      log,
      state,
      talk,
      held,
      conversations,
      offer,
      announce,
      present,
      stream,
      handOn: (frame) => {
        void handOnHere([frame]).catch(onFault('chat-frames'))
        fanOut.handOn([frame])
      },
      speakerOf,
    }),
    ...held,
    say: talk.say,
    change: talk.change,
    /** What bridges read. */
    log: {
      eventsAfter: async (key: ConversationKey, sequence: number, limit: number) =>
        (await log.events([{ ...key, after: sequence, upTo: null }], limit))[0]!,
      message: log.message,
      byClientId: log.byClientId,
    },
    membersOf: async (key: ConversationKey) => (await conversations.of([key]))[0]?.members ?? [],
    recentTops: store.recentTops,
    /** Whether this speaker may write there. */
    async mayWrite(
      projectId: string,
      conversationId: string,
      speaker: Speaker,
    ): Promise<Refusal | undefined> {
      const [standing] = await conversations.of([{ projectId, conversationId }])
      const isTeam = speaker.kind === 'agent' || speaker.kind === 'bot'
      const isThere = standing?.members.some(({ id }) => id === speaker.participantId) === true
      return standing !== undefined && (isTeam || isThere) ? undefined : { refused: 'conversation-not-found' }
    },
    /** As `mayWrite`; the team's people come in by it, as they do when they write. */
    async comeIn(projectId: string, conversationId: string, speaker: Speaker): Promise<Refusal | undefined> {
      const key = { projectId, conversationId }
      const [standing] = await conversations.of([key])
      const isTeam = speaker.kind === 'agent' || speaker.kind === 'bot'
      if (standing?.members.some(({ id }) => id === speaker.participantId) === true) return undefined
      if (standing === undefined || !isTeam) return { refused: 'conversation-not-found' }
      const joined = await store.join(key, speaker.participantId, speaker.participantId)
      if (joined !== undefined && isRefusal(joined)) return joined
      conversations.forget(key)
      if (joined !== undefined) await announce(joined)
      return undefined
    },
    /** A file costs before it is there. */
    async charge(projectId: string, speaker: Speaker, cost: number): Promise<Refusal | undefined> {
      const { capacity, refillSeconds } = (await settingsOf(projectId)).credits
      const { allowed, remaining, retryAfterMs } = await credits.take({
        bucket: `${projectId}:${speaker.participantId}`,
        capacity,
        refillSeconds,
        cost,
      })
      if (allowed) return undefined
      const retryAfterSeconds = Math.ceil(retryAfterMs / 1_000)
      return { refused: 'credits-spent', details: { remaining, retryAfterMs, retryAfterSeconds } }
    },
    /** Two participants became one: what is known of these conversations is void, and their members come back for it. */
    moved(keys: readonly { projectId: string; conversationId: string }[]): void {
      for (const key of keys) {
        conversations.forget(key)
        recent.forget(key)
        bring.forget(key)
      }
    },
    gateway,
    figures: () => ({
      budget: budget.now(),
      because: budget.because(),
      buffers: pipeline.buffers(),
      connections: gateway.count(),
      outgoingBytes: gateway.bytes(),
      commitMs: commitMs.value(),
    }),
    pushedDepth: () => stream.depth(),
    /** Of the relay role. */
    settle,
    /** Of the gateway role: what the relay found late, brought to whoever is here. */
    bringLate: async (): Promise<boolean> => {
      await bring.woken(await state.late(share(FULL_ROWS)))
      return false
    },
    takeInPushed: takeIn,
    start(): void {
      delay.enable()
      timers.push(
        setInterval(() => {
          commitMs.fade()
          budget.look()
        }, LOOK_MS).unref(),
        setInterval(() => {
          frames = share((FULL_FRAMES * ADMIT_EVERY_MS) / 1_000)
          for (const tellMe of admitted.splice(0)) tellMe()
        }, ADMIT_EVERY_MS).unref(),
      )
    },
    async stop(): Promise<void> {
      // What is in the pipeline is finished and told first.
      gateway.hush()
      await pipeline.stop()
      await gateway.drain()
      for (const timer of timers) clearInterval(timer)
      delay.disable()
    },
  }
}
