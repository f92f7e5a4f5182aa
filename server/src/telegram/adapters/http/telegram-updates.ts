import { createHash, timingSafeEqual } from 'node:crypto'
import express, { type Router } from 'express'
import { httpError } from '../../../http/http-error.ts'
import type { Refusal } from '../../../kernel/refusal.ts'
import type { Bot } from '../../ports/bots.ts'
import { isUpdate, type RawUpdate } from '../../receive-updates.ts'

type Dependencies = {
  botOf: (botKey: string) => Promise<Bot | undefined>
  receive: (bot: Bot, update: RawUpdate) => Promise<void>
  /** Counts whoever guesses. */
  wrong: (remoteAddress: string | undefined) => Promise<Refusal>
}

const MOST_BYTES = 1_048_576

/** Where Telegram delivers. Nothing but keeping happens in the request. */
export function telegramUpdates({ botOf, receive, wrong }: Dependencies): Router {
  const router = express.Router()
  router.post(
    '/v1/telegram-updates/:botKey',
    async (request, _response, next) => {
      const bot = await botOf(String(request.params.botKey))
      const shown = request.headers['x-telegram-bot-api-secret-token']
      if (bot === undefined || bot.webhookSecret === '' || !isSame(String(shown ?? ''), bot.webhookSecret))
        return next(turnedAway(await wrong(request.ip)))
      Object.assign(request, { bot })
      next()
    },
    express.json({ limit: MOST_BYTES }),
    async (request, response) => {
      const { bot } = request as unknown as { bot: Bot }
      // What is no update would come again for a day: it is taken, and forgotten.
      if (isUpdate(request.body)) await receive(bot, request.body)
      response.status(200).json({ ok: true })
    },
  )
  return router
}

function turnedAway({ refused, details }: Refusal) {
  return httpError(refused === 'unauthorized' ? 401 : 429, refused, details)
}

function isSame(left: string, right: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(left), hash(right))
}
