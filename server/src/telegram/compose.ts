import { randomBytes, randomUUID } from 'node:crypto'
import { remember } from '../kernel/remember.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import { postgresLines } from '../lines/postgres-lines.ts'
import { runLines } from '../lines/run-lines.ts'
import type { Sql } from '../postgres/sql.ts'
import type { Vault } from '../vault/vault.ts'
import { grammyBotApi } from './adapters/grammy/grammy-bot-api.ts'
import { telegramUpdates } from './adapters/http/telegram-updates.ts'
import { postgresBots } from './adapters/postgres/postgres-bots.ts'
import { postgresMessageLinks } from './adapters/postgres/postgres-message-links.ts'
import { connectBot, disconnectBot } from './connect-bot.ts'
import { nameOwner } from './name-owner.ts'
import { paceChats } from './pace-chats.ts'
import { pollUpdates } from './poll-updates.ts'
import type { FetchFile } from './ports/files.ts'
import type { Outgoing, Transport } from './ports/transport.ts'
import { receiveUpdates, type RawUpdate } from './receive-updates.ts'
import { sendCalls } from './send-calls.ts'
import { sendFile } from './send-file.ts'
import { telegramChannel } from './telegram-channel.ts'

export type Telegram = ReturnType<typeof composeTelegram>

type Dependencies = {
  /** Asked from inside transactions too: never of the pool that those hold. */
  lookUps: Sql
  sql: Sql
  unitOfWork: UnitOfWork
  vault: Vault
  apiRoot: string
  record: Parameters<typeof connectBot>[0]['record']
  webhookAddress: (botKey: string) => string | undefined
  /** Whether this process works on what has come and has to be sent. */
  works: boolean
  wakeOthers: (queue: 'telegram-in' | 'telegram-out', key: { projectId: string; line: string }) => void
  /** What an update means. Throws when it has to be tried again. */
  face: (projectId: string, update: RawUpdate) => Promise<void>
  fetchFile: FetchFile
  onUnreachable: (projectId: string, chatId: string, why: string) => Promise<void>
  awaySince: Parameters<typeof sendCalls>[0]['awaySince']
  onHeld: Parameters<typeof sendCalls>[0]['onHeld']
  wrong: (remoteAddress: string | undefined) => Promise<Refusal>
  onFault: (where: string) => (error: unknown) => void
}

const BOT_FRESH_MS = 5_000
const CHATS_AT_ONCE = 24

export function composeTelegram(dependencies: Dependencies) {
  const { sql, lookUps, unitOfWork, vault, apiRoot, record, webhookAddress, works, wakeOthers } = dependencies
  const { face, fetchFile, onUnreachable, awaySince, onHeld, wrong, onFault } = dependencies
  const bots = postgresBots({ sql, lookUps, vault })
  const api = grammyBotApi(apiRoot)
  const links = postgresMessageLinks(sql)
  const pace = paceChats()
  const botOf = remember(bots.find, { forMs: BOT_FRESH_MS })
  const botOfKey = remember(bots.byKey, { forMs: BOT_FRESH_MS })
  const forget = () => {
    botOf.forget()
    botOfKey.forget()
  }
  const incoming = runLines<RawUpdate>({
    store: postgresLines({ sql, queue: 'telegram-in' }),
    work: async ({ projectId, body }) => {
      await face(projectId, body)
      return { outcome: 'done' }
    },
    atOnce: CHATS_AT_ONCE,
    works,
    wakeOthers: (key) => wakeOthers('telegram-in', key),
    onFault: onFault('telegram-in'),
  })
  const outgoing = runLines<Outgoing>({
    store: postgresLines({ sql, queue: 'telegram-out' }),
    work: sendCalls({
      botOf,
      bots,
      api,
      sendFile: sendFile({ api, fetchFile }),
      links,
      pace,
      onUnreachable,
      awaySince,
      onHeld,
      onMoved: async (projectId, from, to) => {
        await bots.moveChat(projectId, from, to)
        forget()
      },
    }),
    atOnce: CHATS_AT_ONCE,
    works,
    wakeOthers: (key) => wakeOthers('telegram-out', key),
    mostAttempts: 40,
    onFault: onFault('telegram-out'),
  })
  const polling = pollUpdates({
    unitOfWork,
    bots,
    api,
    add: incoming.add,
    holder: randomUUID(),
    onFault: onFault('telegram-poll'),
  })
  const lines = [incoming, outgoing]
  const transport: Transport = {
    send: async (transaction: Transaction, calls) => {
      await outgoing.add(
        transaction,
        calls.map((call) => ({ projectId: call.projectId, line: call.chatId, key: call.key, body: call })),
      )
    },
    answerPress: (projectId, callbackQueryId, answer = {}) => {
      void botOf(projectId)
        .then(async (bot) => {
          if (bot === undefined) return
          const { text, alert } = answer
          const more = text === undefined ? {} : { text: text.slice(0, 200), show_alert: alert === true }
          await api.call(bot.token, 'answerCallbackQuery', { callback_query_id: callbackQueryId, ...more })
        })
        .catch(onFault('telegram-press'))
    },
    download: async (projectId, fileId) => {
      const bot = await botOf(projectId)
      if (bot === undefined) throw new Error('The project has no bot any more')
      return api.download(bot.token, fileId)
    },
    aboutOf: links.aboutOf,
    heard: (transaction, projectId, chatId, telegramMessageId, about) =>
      links.add(
        [{ projectId, chatId, telegramMessageId, about, isOurs: false, name: null, isCaption: false }],
        transaction,
      ),
    release: (transaction, projectId, chatId) => outgoing.release(transaction, { projectId, line: chatId }),
    forget: async (transaction, projectId, chatId) => {
      await links.clear(transaction, projectId, chatId)
      for (const line of lines) await line.clear(transaction, projectId, chatId)
    },
    sentAs: links.named,
  }
  return {
    find: bots.find,
    botOf,
    connect: connectBot({
      unitOfWork,
      bots,
      api,
      links,
      lines,
      webhookAddress,
      newKey: () => randomBytes(24).toString('base64url'),
      record,
      forget,
    }),
    disconnect: disconnectBot({ unitOfWork, bots, api, links, lines, record, forget }),
    nameOwner: nameOwner({ unitOfWork, bots, record, forget }),
    setAgentsGroup: async (transaction: Transaction, projectId: string, chatId: string | null) => {
      const there = await bots.setAgentsGroup(transaction, projectId, chatId)
      forget()
      return there
    },
    /** A group has another id from now on. */
    moveChat: async (projectId: string, from: string, to: string) => {
      await bots.moveChat(projectId, from, to)
      await links.moveChat(projectId, from, to)
      forget()
    },
    channel: telegramChannel({ bots, api, pace }),
    transport,
    /** Where Telegram delivers. */
    rawRoutes: telegramUpdates({
      botOf: botOfKey,
      receive: receiveUpdates({ unitOfWork, bots, add: incoming.add }),
      wrong,
    }),
    /** Of one queue's line, told by another process. */
    wake: (queue: 'telegram-in' | 'telegram-out', key: { projectId: string; line: string }) =>
      (queue === 'telegram-in' ? incoming : outgoing).wake(key),
    sweep: async (): Promise<boolean> => {
      await incoming.sweep()
      await outgoing.sweep()
      return false
    },
    poll: polling.look,
    figures: async (projectId?: string) => {
      const [unread, unsent] = await Promise.all([incoming.figures(projectId), outgoing.figures(projectId)])
      return { unread: unread.waiting, unsent: unsent.waiting + unsent.held, dead: unread.dead + unsent.dead }
    },
    /** Over all projects. */
    depths: async () => ({
      'telegram-in': await incoming.figures(),
      'telegram-out': await outgoing.figures(),
    }),
    /** What was done days ago. */
    forgetDone: async (): Promise<boolean> => {
      const forgotten = await Promise.all(lines.map((line) => line.forget(KEPT_MS, FORGOTTEN_AT_ONCE)))
      return forgotten.includes(FORGOTTEN_AT_ONCE)
    },
    stop: async (): Promise<void> => {
      await polling.stop()
      await Promise.all(lines.map((line) => line.stop()))
    },
  }
}

const KEPT_MS = 3 * 86_400_000
const FORGOTTEN_AT_ONCE = 5_000
