import type { UnitOfWork } from '../kernel/transaction.ts'
import type { Sql } from '../postgres/sql.ts'
import type { Vault } from '../vault/vault.ts'
import { grammyBotApi } from './adapters/grammy/grammy-bot-api.ts'
import { postgresBots } from './adapters/postgres/postgres-bots.ts'
import { connectBot, disconnectBot } from './connect-bot.ts'
import { nameOwner } from './name-owner.ts'
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
}

export function composeTelegram({ sql, lookUps, unitOfWork, vault, apiRoot, record }: Dependencies) {
  const bots = postgresBots({ sql, lookUps, vault })
  const api = grammyBotApi(apiRoot)
  return {
    find: bots.find,
    connect: connectBot({ unitOfWork, bots, api, record }),
    disconnect: disconnectBot({ unitOfWork, bots, record }),
    nameOwner: nameOwner({ unitOfWork, bots, record }),
    channel: telegramChannel({ bots, api }),
  }
}
