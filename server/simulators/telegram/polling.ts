import { accept, refuse, type Answer } from './answer.ts'
import type { Bot } from './bots.ts'
import type { MovableClock } from './clock.ts'

export interface Poll {
  offset: number
  limit: number
  timeoutSeconds: number
}

export type Polls = ReturnType<typeof polls>

/** Long polling: one poll a bot, the newer one ends the older with 409. */
export function polls(clock: MovableClock) {
  const waiting = new Map<number, (answer: Answer) => void>()

  const end = (bot: Bot, reason: string) => waiting.get(bot.id)?.(refuse(409, `Conflict: ${reason}`))

  return {
    end,
    isWaiting: (bot: Bot) => waiting.has(bot.id),
    wait(bot: Bot, { offset, limit, timeoutSeconds }: Poll, gone: AbortSignal): Promise<Answer> {
      end(bot, 'terminated by other getUpdates request; make sure that only one bot instance is running')
      confirm(bot, offset)

      const batch = () =>
        bot.updates
          .pending()
          .slice(0, limit)
          .map(({ update }) => update)
      if (batch().length > 0 || timeoutSeconds === 0) return Promise.resolve(accept(batch()))

      return new Promise((resolve) => {
        const finish = (answer: Answer) => {
          stopListening()
          alarm.cancel()
          gone.removeEventListener('abort', leave)
          if (waiting.get(bot.id) === finish) waiting.delete(bot.id)
          resolve(answer)
        }
        const leave = () => finish(accept([]))
        const stopListening = bot.updates.onAdded(() => finish(accept(batch())))
        const alarm = clock.at(clock.now() + timeoutSeconds * 1000, () => finish(accept([])))
        gone.addEventListener('abort', leave)
        waiting.set(bot.id, finish)
        if (gone.aborted) leave()
      })
    },
  }
}

function confirm(bot: Bot, offset: number): void {
  if (offset > 0) return bot.updates.confirmBefore(offset)
  if (offset === 0) return
  const first = bot.updates.pending().at(offset)
  if (first) bot.updates.confirmBefore(first.update.update_id)
}
