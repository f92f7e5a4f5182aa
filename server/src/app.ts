import { createHash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { generateSecret } from '@tapline/signing'
import type { Config } from './config.ts'
import { createApi } from './create-api.ts'
import { composeCustomers } from './customers/compose.ts'
import { customerHandlers } from './customers/adapters/http/customer-handlers.ts'
import { identityHandlers } from './customers/adapters/http/identity-handlers.ts'
import { admission } from './http/admission.ts'
import type { Handlers } from './http/handlers.ts'
import { postgresIdempotencyKeys } from './http/postgres-idempotency-keys.ts'
import { problemWriter, type Tellings } from './http/problem.ts'
import { startLoops } from './loops.ts'
import { maskContacts } from './inbox/mask-contacts.ts'
import { postgresInbox } from './inbox/postgres-inbox.ts'
import { postgresTraces } from './inbox/postgres-traces.ts'
import { currencyDecimals, formatMoney } from './kernel/money.ts'
import { isRefusal, refuse, type Refusal } from './kernel/refusal.ts'
import { remember } from './kernel/remember.ts'
import type { Transaction } from './kernel/transaction.ts'
import { codeOfHold } from './loyalty/adapters/code-of-hold.ts'
import { presentStanding } from './loyalty/adapters/http/present-standing.ts'
import { composeLoyalty } from './loyalty/compose.ts'
import { runTogether } from './loyalty/run-together.ts'
import { composeMessenger } from './messenger/compose.ts'
import { composeIdentity } from './messenger/compose-identity.ts'
import { meterChat } from './meter-chat.ts'
import { composeAttachments } from './messenger/compose-attachments.ts'
import { composeNotices } from './notices/compose.ts'
import { postgresOutbox } from './outbox/postgres-outbox.ts'
import { openConnections } from './open-connections.ts'
import { probeParts } from './probe-parts.ts'
import { composeProjects } from './projects/compose.ts'
import { coalesce } from './queue/coalesce.ts'
import { deadline } from './queue/deadline.ts'
import { wakeQueue } from './queue/wake-queue.ts'
import { isCluster } from './redis/connect.ts'
import { redisRateLimiter } from './redis/rate-limiter.ts'
import { proveCustomers } from './prove-customers.ts'
import { readCallers } from './read-callers.ts'
import { REFUSALS } from './refusals.ts'
import { serveMe } from './serve-me.ts'
import { servePage } from './serve-page.ts'
import { serveRequests } from './serve-requests.ts'
import { keyOfLine, startWorkers } from './start-workers.ts'
import { statusOfProject } from './status-of-project.ts'
import { servePocket } from './serve-pocket.ts'
import { logHandlers } from './storefronts/adapters/http/log-handlers.ts'
import { composeStorefronts } from './storefronts/compose.ts'
import { bridgeChat } from './bridge-chat.ts'
import { bridgeRooms } from './bridge-rooms.ts'
import { composeBoard } from './support/compose-board.ts'
import { composeDesk } from './support/compose-desk.ts'
import { composeSupport } from './support/compose.ts'
import type { Face } from './support/ports/faces.ts'
import { taskOfCommand } from './task-of-command.ts'
import { updateMe } from './update-me.ts'
import { telegramHandlers } from './telegram/adapters/http/telegram-handlers.ts'
import { composeTelegram } from './telegram/compose.ts'
import { showInTelegram } from './telegram/show-in-telegram.ts'
import { composeBot } from './telegram/compose-bot.ts'
import type { Logger } from './telemetry/log.ts'
import { createChatMetrics } from './telemetry/chat-metrics.ts'
import { createMetrics } from './telemetry/metrics.ts'
import { newId } from './vault/new-id.ts'
import { createVault } from './vault/vault.ts'
import { composeWebhooks } from './webhooks/compose.ts'

export type AppSettings = {
  config: Config
  databaseUrl: string
  redisUrl: string
  telegramApiRoot: string
  todoistApiRoot: string
  operatorToken: string
  encryptionKeys: Buffer[]
  log: Logger
  /** Our own answers are held to the contract: in tests. */
  validateResponses: boolean
}

export type App = Awaited<ReturnType<typeof startApp>>

const QUEUE = 'loyalty.work'
const BRIDGE_QUEUE = 'bridge.work'
const WAKE_EVERY_MS = 100
const EARLIER_ITEMS = 500
// The ids' letters and digits sort before it.
const AFTER_ALL_IDS = '~'
const FRESH_MS = 1_000
const SAY_AGAIN_MS = 30_000
const TELEGRAM_API = 'https://api.telegram.org'
const MOST_AGENTS_SHOWN = 100
const STOP_GRACE_MS = 5_000
const IDLE_LOOK_MS = 50
// A receiver that is slow to answer is asked again after the next start.
const WEBHOOK_GRACE_MS = 3_000

/** The composition root: mechanisms, contexts, and what each role of this process does with them. */
export async function startApp(settings: AppSettings) {
  const { config, databaseUrl, redisUrl, log } = settings
  const roles = new Set(config.roles)
  // In braces: all keys of a queue lie on one node of a cluster.
  const queuePrefix = `{${config.redisPrefix}}`
  const saidAt = new Map<string, number>()
  const onError = (where: string) => (error: unknown) => {
    metrics.faults.inc({ where })
    // An outage breaks the same thing again and again: it is said once, and again when it lasts.
    if (Date.now() - (saidAt.get(where) ?? 0) < SAY_AGAIN_MS) return
    saidAt.set(where, Date.now())
    if (redis.status === 'ready') log.error({ err: error, where }, 'something broke')
    else log.warn({ where }, 'Redis does not answer (REDIS_URL); orders are kept and processed more slowly')
  }

  const connections = await openConnections({ databaseUrl, redisUrl, poolSize: config.poolSize, log })
  const { sql, lookUps, unitOfWork, redis, listener } = connections
  const vault = createVault(settings.encryptionKeys)

  const inbox = postgresInbox(connections.ofDoor)
  const outbox = postgresOutbox({ unitOfWork, newId })
  const limiter = redisRateLimiter(redis, config.redisPrefix)
  const admit = admission(limiter.take)
  const queue = wakeQueue({ name: QUEUE, connection: redis, prefix: queuePrefix })
  const metrics = createMetrics({
    inbox: inbox.depth,
    brokenBooks: () => loyalty.proofs.brokenBooks(),
    tickets: () => support.figures(),
    lines: async () => ({ ...(await telegram.depths()), ...(await board.figures()) }),
    webhooks: () => ({ taken: webhooks.inFlight(), troubled: webhooks.troubled() }),
  })
  const chatMetrics = createChatMetrics(metrics.registry, {
    figures: () => messenger.figures(),
    pushed: () => messenger.pushedDepth(),
  })
  const write = problemWriter(REFUSALS)
  const idempotencyKeys = postgresIdempotencyKeys(sql)
  let publicUrl = config.publicUrl
  let stopping = false

  const projects = composeProjects({
    sql,
    lookUps,
    unitOfWork,
    vault,
    newId,
    publicUrl: () => publicUrl,
    equip: (transaction, projectId) => loyalty.equip(transaction, projectId),
    normaliseContact: (raw, country) =>
      storefronts.parseEmail(raw) ?? storefronts.parsePhone(raw.trim(), country) ?? raw.trim(),
    // The clock has moved by now: what fails here is done by the scheduler, and must not be answered as if it had not.
    afterMove: async (projectId) => {
      projectOf.forget(projectId)
      await webhooks.followClock(projectId).catch(onError('clock'))
      await settleMoved(projectId).catch(onError('clock'))
    },
  })
  /** What a sandbox's clock has passed is written down at once; balances are judged at use already. */
  async function settleMoved(projectId: string): Promise<void> {
    const { clockOffsetMs } = await projectOf(projectId)
    await loyalty.settleTime.all({ projectId, clockOffsetMs })
    while (await loyalty.giveBirthdays());
    await support.tick.all({ projectId, clockOffsetMs })
  }
  const record = (
    transaction: Transaction,
    projectId: string,
    action: string,
    details: Record<string, unknown>,
  ) => projects.record(transaction, projectId, { action, actor: 'secret-key', details })
  const projectOf = remember(
    async (projectId) => {
      const project = await projects.find(projectId)
      if (project === undefined) throw new Error(`There is no project ${projectId}`)
      return project
    },
    { forMs: FRESH_MS },
  )
  const signingSecretsOf = remember(
    async (projectId) => (await projects.liveSecrets(projectId, 'signing-secret')).map(({ value }) => value),
    { forMs: FRESH_MS },
  )
  const projectFacts = {
    facts: async (projectId: string) => {
      const { currency, clockOffsetMs, timeZone } = await projectOf(projectId)
      return { currency, clockOffsetMs, timeZone, wholeMinor: 10 ** currencyDecimals(currency) }
    },
  }

  const traces = postgresTraces(sql)
  const customers = composeCustomers({
    sql,
    lookUps,
    unitOfWork,
    newId,
    events: outbox,
    record,
    // In the order in which they lock: what waits for the engine's rows comes last.
    participants: () => [
      storefronts.participant,
      notices.participant,
      // Before the chat, which forgets whose its participants are.
      support.participant,
      chat.participant,
      bot.participant,
      loyalty.participant,
    ],
    settleWaiting: async (projectId, contacts) => {
      await catchUp(projectId, contacts)
      return traces.countWaiting(projectId, contacts)
    },
  })
  const loyalty = composeLoyalty({
    sql,
    lookUps,
    unitOfWork,
    vault,
    newId,
    work: inbox,
    people: customers,
    projects: projectFacts,
    events: outbox,
    readTask: taskOfCommand,
    timeZoneOf: async (projectId) => (await projectOf(projectId)).timeZone,
    alarm: {
      raise: async (transaction, projectId, { checkpointId, customerIds, problemsCount }) => {
        const event = { type: 'books.broken', customerIds, problemsCount }
        await outbox.add(transaction, projectId, [event])
        await projects.record(transaction, projectId, {
          action: 'books.broken',
          actor: 'proof',
          details: { checkpointId, customerIds, problemsCount },
        })
      },
      tell: (projectId, broken) => log.error({ projectId, ...broken }, 'the books are broken'),
    },
    onFault: (error, projectId, itemId) => log.error({ err: error, projectId, itemId }, 'an item failed'),
    onSettleFault: (error, projectId, customerId) =>
      log.error({ err: error, projectId, customerId }, 'an account could not be settled'),
    shifted: projects.shifted,
    bornOn: customers.bornOn,
    onProofFault: onError('books'),
    record,
  })
  const bridgeQueue = wakeQueue({ name: BRIDGE_QUEUE, connection: redis, prefix: queuePrefix })
  const telegram = composeTelegram({
    sql,
    lookUps,
    unitOfWork,
    vault,
    apiRoot: settings.telegramApiRoot,
    record,
    webhookAddress: (botKey) => {
      const { delivery } = config.telegram
      const byWebhook = delivery === 'webhook' || (delivery === 'auto' && publicUrl.startsWith('https:'))
      return byWebhook ? `${publicUrl}/v1/telegram-updates/${botKey}` : undefined
    },
    works: roles.has('worker'),
    wakeOthers: (bridge, key) => void bridgeQueue.wake(keyOfLine(bridge, key)),
    face: (projectId, update) => bot.face(projectId, update),
    fetchFile: (projectId, id) => attachments.read(projectId, id),
    onUnreachable: (...who) => bot.onUnreachable(...who),
    awaySince: (...who) => bot.awaySince(...who),
    onHeld: (...what) => board.tellAway(...what),
    wrong: admit.wrong,
    onFault: onError,
  })
  const botOf = remember(telegram.find, { forMs: FRESH_MS })
  const webhooks = composeWebhooks({
    sql,
    unitOfWork,
    vault,
    newId,
    newSecret: generateSecret,
    outbox,
    record,
    allow: config.webhookAllow,
    isStopping: () => stopping,
    onFault: onError('webhooks'),
    onSent: ({ error, durationMs }) =>
      metrics.webhooks.observe({ outcome: outcomeOf(error) }, durationMs / 1_000),
  })
  const notices = composeNotices({
    sql,
    newId,
    reach: customers.reach,
    shop: projectOf,
    hasChannel: async (projectId) => (await botOf(projectId)) !== undefined,
    mayAdvertise: (...whom) => bot.mayAdvertise(...whom),
    owner: async (projectId) => (await botOf(projectId))?.ownerChatId ?? null,
    channels: { telegram: telegram.channel },
    markUnreachable: customers.markTelegramUnreachable,
  })

  const runNow = runTogether(loyalty.engine, Math.max(1, Math.floor(config.poolSize / 4)))
  const wakes = coalesce(WAKE_EVERY_MS, (projectId) => {
    void queue.wake(projectId).then((woken) => {
      if (!woken) metrics.lostWakes.inc()
    })
  })
  /** What these people, or for these orders, was sent before and still waits. */
  async function catchUp(
    projectId: string,
    contacts: string[],
    orders: { storefront: string; orderId: string }[] = [],
  ) {
    const ofOrders = orders.length === 0 ? [] : await inbox.contactsOfOrders(projectId, orders, AFTER_ALL_IDS)
    const all = await customers.contactsOf(projectId, [...contacts, ...ofOrders])
    const waiting = await inbox.earlierOf(projectId, { contacts: all, orders }, AFTER_ALL_IDS, EARLIER_ITEMS)
    if (waiting.length > 0) await runNow(projectId, waiting)
  }
  const storefronts = composeStorefronts({
    inbox,
    limiter,
    traces,
    newItemId: () => newId('inboxItem'),
    statusOf: ({ refused }) => (REFUSALS as Tellings)[refused]?.status ?? 500,
    projects: {
      byWebhookSecret: async (secret) => {
        const known = await projects.directory.bySecret('webhook-secret', secret)
        return known === undefined
          ? undefined
          : { ...known.project, signingSecrets: known.signingSecrets, tildaApiKeys: known.tildaApiKeys }
      },
    },
    engine: {
      wake: wakes.wake,
      runNow: async (projectId, items) => {
        const last = items.map(({ id }) => id).sort().at(-1)! // prettier-ignore
        const orders = items.flatMap(({ order }) => order ?? [])
        const ofOrders = await inbox.contactsOfOrders(projectId, orders, last)
        const contacts = await customers.contactsOf(projectId, [...items.flatMap((item) => item.contacts), ...ofOrders]) // prettier-ignore
        const earlier = await inbox.earlierOf(projectId, { contacts, orders }, last, EARLIER_ITEMS)
        const ids = [...new Set([...earlier, ...items.map(({ id }) => id)])].sort()
        await runNow(projectId, ids)
      },
    },
  })

  const reader = readCallers({
    rulesOf: projectOf,
    readContact: storefronts.readContact,
    readGoods: storefronts.readGoods,
    find: customers.find,
    ownersOf: customers.ownersOf,
  })
  const enrol = async (
    projectId: string,
    contact: { email?: string; phone?: string; externalId?: string },
    name: string | undefined,
  ) => {
    const command = { kind: 'settle' } as const
    const task = { contact, command, profile: { name } }
    return (await loyalty.engine.runCommand(projectId, task)) as { customerId: string } | Refusal
  }
  const pocket = servePocket({
    customers,
    loyalty,
    currencyOf: async (projectId) => (await projectOf(projectId)).currency,
    rulesOf: projectOf,
    readContact: storefronts.readContact,
    enrol,
    sha256: (text) => sha256(text).toString('hex'),
  })
  const proofs = proveCustomers({
    rulesOf: projectOf,
    readContact: storefronts.readContact,
    ownersOf: customers.ownersOf,
    enrol,
    find: customers.find,
    who: reader.who,
    lookUp: reader.lookUp,
    hold: customers.hold,
    secretsOf: signingSecretsOf,
  })
  const chat = composeIdentity({
    sql,
    lookUps,
    unitOfWork,
    redis,
    prefix: config.redisPrefix,
    encryptionKeys: settings.encryptionKeys,
    newId,
    admission: admit,
    publicUrl: () => publicUrl,
    record,
    shopOf: projectOf,
    customers: proofs,
    proofs: { redeem: (projectId, claim) => bot.redeem(projectId, claim) },
    isActiveAgent: (projectId, agentId) => support.isActiveAgent(projectId, agentId),
    onMoved: (keys) => messenger.moved(keys),
    onBecame: (...who) => support.claim(...who),
    dropFiles: (transaction, projectId, ids) => attachments.markRemoved(transaction, projectId, ids),
    dropWords: (transaction, projectId, ids) => desk.dropWords(transaction, projectId, ids),
  })
  /** As they have chosen in Telegram, or the shop has told. */
  async function languageOf(projectId: string, who: { participantId: string; customerId: string | null }) {
    const { participantId, customerId } = who
    const chosen = await bot.localeOf(projectId, participantId)
    if (chosen !== null || customerId === null) return chosen
    return (await customers.find(projectId, customerId))?.locale ?? null
  }
  /** Filled as each is composed: they and the tickets know each other. */
  const faces: Face[] = []
  const support = composeSupport({
    sql,
    lookUps,
    unitOfWork,
    newId,
    participants: chat.participants,
    record,
    shopOf: projectOf,
    admission: admit,
    hoursOf: async (projectId) => (await chat.settings.of(projectId)).businessHours,
    faces: () => faces,
    hasBoard: (projectId) => board.hasBoard(projectId),
    onTeamChanged: (projectId) => void board.hurry(projectId),
    isVip: async (projectId, customerId) => {
      const tier = (await standingOf(projectId, customerId))?.tier
      return tier !== undefined && tier.name !== null && tier.nextTier === null
    },
    pocketOf: async (projectId, customerId) => {
      const theirs = await pocket.of(projectId, customerId)
      return theirs === undefined
        ? undefined
        : {
            name: theirs.name,
            balance: theirs.balance,
            tier: theirs.tier?.name ?? null,
            referralLink: theirs.referral?.link ?? null,
          }
    },
    grant: async (projectId, { customerId, amountMinor, reason, staff, effectId }) => {
      const amount = formatMoney(amountMinor, (await projectOf(projectId)).currency)
      const given = await pocket.grant(projectId, {
        customerId,
        amount,
        reason,
        key: effectId,
        agentId: staff,
      })
      return isRefusal(given) ? given : { available: given.balance }
    },
    localeOf: languageOf,
    shifted: projects.shifted,
    findParticipant: chat.participants.find,
    transcripts: chat.transcripts,
    events: outbox,
    onWeekFault: (error, projectId) => log.error({ err: error, projectId }, 'a week could not be told'),
    wipe: (...what) => board.wipe(...what),
    redraw: (...what) => board.redraw(...what),
    onTickFault: (error, projectId, ticketId) =>
      log.error({ err: error, projectId, ticketId }, 'the clock could not look at a ticket'),
  })
  const attachments = composeAttachments({
    sql,
    lookUps,
    newId,
    encryptionKeys: settings.encryptionKeys,
    dataDirectory: config.dataDirectory,
    s3: config.s3,
    publicUrl: () => publicUrl,
    write,
    mostBytes: async (projectId) => (await chat.settings.of(projectId)).maxAttachmentBytes,
    conversation: {
      mayWrite: (...where) => messenger.comeIn(...where),
      mayRead: (...where) => messenger.mayWrite(...where),
      charge: (...what) => messenger.charge(...what),
      say: async ({ projectId, conversationId, senderId, clientId, text, attachmentId }) => {
        const speaker = await chat.speakerById(projectId, senderId)
        const file = (await attachments.present(projectId, [attachmentId])).get(attachmentId)
        if (speaker === undefined || file === undefined) return refuse('attachment-not-found')
        const said = { clientId, text, replyTo: null, attachment: file }
        // Paid for and kept already: it waits for its turn in place of being refused for good.
        const outcome = await messenger.say({
          projectId,
          conversationId,
          speaker,
          said,
          isFree: true,
          waits: true,
        })
        return isRefusal(outcome)
          ? outcome
          : { messageId: outcome.message.id, sequence: outcome.message.sequence }
      },
    },
    speakerOf: chat.speakerOf,
    onFault: onError('attachments'),
  })
  const messenger = composeMessenger({
    chat: connections.ofChat,
    unitOfWork,
    redis,
    listener,
    sharded: await isCluster(redis),
    prefix: config.redisPrefix,
    newId,
    meter: meterChat(chatMetrics),
    settingsOf: chat.settings.of,
    peekSettings: chat.settings.peek,
    shopOf: projectOf,
    languageOf,
    botOf: chat.botOf,
    speakerOf: chat.speakerOf,
    speakers: chat.speakers,
    redeem: chat.socketTickets.redeem,
    tell: (refusal, locale) => write(refusal, locale, { requestId: '' }),
    filesOf: attachments.present,
    removeFile: (projectId, id) => void attachments.removeFile(projectId, id).catch(onError('attachments')),
    onEvent: ({ projectId, conversationId }) => desk.wake({ projectId, conversationId }),
    log,
    onFault: onError,
  })
  const desk = composeDesk({
    lookUps,
    unitOfWork,
    conversations: {
      eventsAfter: messenger.log.eventsAfter,
      members: messenger.membersOf,
      message: messenger.log.message,
      person: chat.speakerById,
      recent: messenger.recentTops,
    },
    tickets: support.tickets,
    faces: () => faces,
    isOn: async (projectId) =>
      (await support.settings.of(projectId)).enabled || (await botOf(projectId)) !== undefined,
    offsetOf: async (projectId) => (await projectOf(projectId)).clockOffsetMs,
    topicOf: (...where) => bot.topicOf(...where),
    onFault: onError('desk'),
  })
  const rooms = bridgeRooms({
    speakerOf: chat.speakerById,
    say: messenger.say,
    change: messenger.change,
    put: attachments.put,
    find: (where, clientId) => messenger.log.byClientId(where, where.participantId, clientId),
    keepWords: desk.keepWords,
    clientIdOf: async (where, messageId) => (await messenger.log.message(where, messageId))?.clientId,
  })
  async function presentStandings(projectId: string, customerIds: string[]) {
    const { standings, program, currency, timeZone } = await loyalty.standings(projectId, customerIds)
    return new Map(
      [...standings].map(([id, standing]) => [id, presentStanding(standing, program, currency, timeZone)]),
    )
  }
  async function standingOf(projectId: string, customerId: string) {
    return (await presentStandings(projectId, [customerId])).get(customerId)
  }
  const board = composeBoard({
    onConnected: support.settings.forget,
    sql,
    lookUps,
    unitOfWork,
    vault,
    apiRoot: settings.todoistApiRoot,
    app:
      config.todoist.clientId === undefined || config.todoist.clientSecret === undefined
        ? undefined
        : { clientId: config.todoist.clientId, clientSecret: config.todoist.clientSecret },
    pollMs: config.todoist.pollSeconds * 1_000,
    works: roles.has('worker'),
    wakeOthers: (bridge, key) => void bridgeQueue.wake(keyOfLine(bridge, key)),
    agents: support.agents,
    team: support.manageAgents,
    tickets: support.tickets,
    openTickets: support.openTickets,
    readWords: support.readAgentWords,
    settingsOf: support.settings.of,
    shopOf: projectOf,
    rooms: () => rooms,
    cardOf: async (projectId, { customerId }) =>
      customerId === null ? undefined : pocket.card(projectId, customerId),
    saidOf: (projectId, { customerId, participantId }) =>
      customerId === null ? chat.participants.saidBy(projectId, participantId) : Promise.resolve(undefined),
    fileOf: async (projectId, attachmentId) => {
      const file = await attachments.read(projectId, attachmentId)
      return file && { ...file, bytes: () => bytesOf(file.open) }
    },
    botOf: chat.botOf,
    mostBytes: async (projectId) => (await chat.settings.of(projectId)).maxAttachmentBytes,
    tell: (refusal, locale) => write(refusal, locale, { requestId: '' }).detail,
    record,
    wordsOf: async (key, messageId) => (await messenger.log.message(key, messageId))?.text ?? undefined,
    tellOwner: (projectId, what) => {
      log.warn({ projectId, ...what }, NEWS_OF_BOARD[what.kind])
      return Promise.resolve()
    },
    onProblem: (projectId, problem) =>
      problem === null
        ? log.info({ projectId }, 'Todoist works again')
        : log.warn({ projectId, problem }, 'Todoist does not work'),
    onFault: onError,
  })
  faces.push(board.face)
  const bot = composeBot({
    sql,
    lookUps,
    unitOfWork,
    newId,
    transport: telegram.transport,
    botOf: telegram.botOf,
    shopOf: projectOf,
    chat: bridgeChat({
      chat: { ...chat, forget: chat.participant.forget },
      messenger: { ...messenger, eventsAfter: messenger.log.eventsAfter },
    }),
    rooms,
    tickets: support.tickets,
    agents: {
      byTelegram: support.agents.byTelegram,
      find: support.agents.find,
      all: async (projectId) =>
        (await support.agents.list(projectId, MOST_AGENTS_SHOWN, undefined)).data.filter(
          ({ active }) => active,
        ),
    },
    settingsOf: support.settings.of,
    pocket,
    codeOfHold,
    statusOf: statusOfProject({
      localeOf: async (projectId) => (await projectOf(projectId)).locale,
      inbox,
      notices,
      webhooks,
      handlers: () => handlers,
    }),
    findCustomer: proofs.find,
    markUnreachable: customers.markTelegramUnreachable,
    markReachable: customers.markTelegramReachable,
    onMoved: telegram.moveChat,
    linkRoot: settings.telegramApiRoot === TELEGRAM_API ? 'https://t.me' : settings.telegramApiRoot,
    record,
  })
  const show = showInTelegram({ chats: bot.chats, transport: telegram.transport })
  faces.push({
    onTicket: bot.onTicket,
    onMessage: (transaction, message, { ticket, members }) =>
      show(transaction, message, { ticketNumber: ticket?.number ?? null, members }),
  })
  const { operations: ofLoyalty, forCustomer } = loyalty.handlers({
    unitOfWork,
    projects: projectFacts,
    record,
    catchUp: async (projectId, { contact, customerId, order }) => {
      const person = customerId === undefined ? undefined : await customers.find(projectId, customerId)
      const said = person === undefined ? contactKeys(contact ?? {}) : contactKeysOf(person)
      await catchUp(projectId, said, order === undefined ? [] : [order])
    },
    isSandbox: async (projectId) => (await projectOf(projectId)).sandbox,
    reader,
  })
  const ofCustomers = {
    ...ofLoyalty,
    ...customerHandlers({
      customers,
      standings: presentStandings,
      normalise: async (projectId, { email, phone, externalId }) => {
        const { defaultCountry } = await projectOf(projectId)
        // A plus that nobody encoded arrives as a blank.
        const candidates = [
          ['email', email === undefined ? undefined : storefronts.parseEmail(email)],
          [
            'phone',
            phone === undefined
              ? undefined
              : storefronts.parsePhone(phone.replace(/^ /, '+'), defaultCountry),
          ],
          ['externalId', externalId?.trim()],
        ] as const
        const [kind, value] = candidates.find(([, candidate]) => candidate !== undefined) ?? []
        return kind === undefined || value === undefined ? undefined : { kind, value }
      },
    }),
  }
  const handlers: Handlers = {
    ...messenger.handlers,
    ...projects.handlers,
    ...ofCustomers,
    ...serveMe(ofCustomers, forCustomer, admit.within),
    ...updateMe({
      unitOfWork,
      rulesOf: projectOf,
      readContact: storefronts.readContact,
      charge: (projectId, speaker) => messenger.charge(projectId, speaker, 1),
      say: async (transaction, projectId, participantId, said) => {
        const known = await chat.participants.say(transaction, projectId, participantId, said)
        chat.speakers.forget(projectId, participantId)
        return known
      },
      onSaid: async (transaction, projectId, participantId) => {
        for (const ticketId of await support.openOf(transaction, projectId, participantId)) {
          const ticket = await support.tickets.hold(transaction, projectId, ticketId)
          if (ticket !== undefined) await board.describeAgain(transaction, ticket)
        }
      },
    }),
    ...serveRequests({
      unitOfWork,
      mayRead: messenger.mayWrite,
      tickets: support.tickets,
      now: async (projectId) => Date.now() + (await projectOf(projectId)).clockOffsetMs,
    }),
    ...servePage({
      shopOf: projectOf,
      chatOf: chat.settings.of,
      pageOf: chat.pageSettings.of,
      programOf: remember(loyalty.programs.current, { forMs: FRESH_MS }),
      nominalsOf: async (projectId) => {
        const { currency } = await projectOf(projectId)
        return (await loyalty.nominalsOf(projectId)).map((minor) => formatMoney(minor, currency))
      },
      hasBot: async (projectId) => (await botOf(projectId)) !== undefined,
      now: () => Date.now(),
    }),
    ...chat.handlers,
    ...support.handlers,
    ...loyalty.proofHandlers,
    ...identityHandlers(customers),
    ...webhooks.handlers,
    ...attachments.handlers,
    ...bot.handlers,
    ...board.handlers,
    ...logHandlers({ log: inbox, mask: maskContacts, wake: wakes.wake, write }),
    ...telegramHandlers({
      ...telegram,
      setAgentsGroup: (projectId, chatId) =>
        unitOfWork(async (transaction) => {
          if (!(await telegram.setAgentsGroup(transaction, projectId, chatId)))
            return refuse('telegram-not-connected')
          await record(transaction, projectId, 'telegram.agents-group', { named: chatId !== null })
          return undefined
        }),
      waiting: (projectId) => notices.waiting(projectId, 'telegram'),
      hurry: (projectId) => notices.hurry(projectId, 'telegram'),
    }),
    getHealth: async () => ({ status: 200, body: { status: 'alive' } }),
    getReadiness: async () => {
      const parts = await probeParts({ sql, redis })
      const ready = parts.every((part) => part.ready)
      return { status: ready ? 200 : 503, body: { ready, parts } }
    },
  }

  const serves = roles.has('api') || roles.has('gateway')
  const server = !serves
    ? undefined
    : await createApi({
        ...{
          roles,
          config,
          handlers,
          chat,
          support,
          attachments,
          idempotencyKeys,
          metrics,
          write,
          log,
          onError,
        },
        operatorToken: settings.operatorToken,
        validateResponses: settings.validateResponses,
        admission: admit,
        directory: projects.directory,
        receive: storefronts.receive,
        deliveries: [telegram.rawRoutes, board.rawRoutes],
      })

  const runSlice = async (projectId: string): Promise<boolean> => {
    const outcome = await loyalty.engine.runSlice(projectId)
    metrics.slices.inc({ outcome })
    return outcome === 'more'
  }
  const workers = roles.has('worker')
    ? startWorkers({
        connection: connections.redisForWorker(),
        prefix: queuePrefix,
        concurrency: config.workerConcurrency,
        loyalty: { name: QUEUE, queue, runSlice },
        bridges: { name: BRIDGE_QUEUE, queue: bridgeQueue, telegram, board },
        onError,
      })
    : []
  const loops = startLoops({
    roles,
    config,
    inbox,
    outbox,
    sinks: [webhooks.plan, notices.plan, bot.plan],
    idempotencyKeys,
    loyalty,
    notices,
    webhooks,
    messenger,
    attachments,
    telegram,
    bot,
    support,
    desk,
    board,
    metrics,
    wake: queue.wake,
    runSlice,
    onError,
  })

  messenger.start()
  if (server !== undefined) {
    if (roles.has('gateway')) messenger.gateway.attach(server)
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(config.port, config.host, resolve),
    )
    const { port } = server.address() as AddressInfo
    if (config.port === 0) publicUrl = `http://${config.host}:${port}`
  }

  return {
    url: () => publicUrl,
    projects,
    customers,
    loyalty,
    telegram,
    bot,
    board,
    chat,
    pocket,
    messenger,
    support,
    inbox,
    wake: queue.wake,
    sql,
    /** New work is refused first, then what runs is finished, then the connections close. */
    async stop() {
      stopping = true
      // Whoever is connected comes back to another process, spread over a while.
      await deadline(messenger.stop(), STOP_GRACE_MS).catch(() => undefined)
      if (server !== undefined) {
        const closed = new Promise((resolve) => server.close(resolve))
        // Again and again: a connection becomes idle when what it waited for is answered.
        const idle = setInterval(() => server.closeIdleConnections(), IDLE_LOOK_MS)
        const force = setTimeout(() => server.closeAllConnections(), STOP_GRACE_MS)
        await closed
        clearInterval(idle)
        clearTimeout(force)
      }
      wakes.stop()
      await Promise.all(
        [
          ...loops.map((loop) => loop.stop()),
          ...workers.map((worker) => worker.close()),
          telegram.stop(),
          desk.stop(),
          board.stop(),
        ].map((stopping) => deadline(Promise.resolve(stopping), STOP_GRACE_MS).catch(() => undefined)),
      )
      await deadline(webhooks.stop(), WEBHOOK_GRACE_MS).catch(() => undefined)
      await Promise.all([queue.close(), bridgeQueue.close()]).catch(() => undefined)
      await deadline(connections.close(), STOP_GRACE_MS).catch(() => undefined)
    },
  }
}

const NEWS_OF_BOARD = {
  'nearly-full':
    'the board in Todoist is nearly full (300 tasks is the most): a second one stands beside it for new tickets',
  rebuilt:
    'the board in Todoist was deleted, so a new one was made with all open tickets; comments on the old one are gone',
} as const

/** For whoever needs a file whole. */
async function bytesOf(open: () => Promise<AsyncIterable<Uint8Array> | undefined>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of (await open()) ?? []) parts.push(part)
  return Buffer.concat(parts)
}

/** Codes of ours stay as they are; of statuses the hundred. */
function outcomeOf(error: string | null): string {
  return error === null ? 'delivered' : error.replace(/^(\d)\d\d$/, '$1xx')
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function contactKeys(contact: object): string[] {
  return Object.entries(contact).map(([kind, value]) => `${kind}:${value}`)
}

function contactKeysOf({
  emails,
  phones,
  externalIds,
}: {
  emails: string[]
  phones: string[]
  externalIds: string[]
}) {
  return [
    ...emails.map((value) => `email:${value}`),
    ...phones.map((value) => `phone:${value}`),
    ...externalIds.map((value) => `externalId:${value}`),
  ]
}
