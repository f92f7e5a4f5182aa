import { refuse } from '../answer.ts'
import { applyAllowedUpdates } from './allowed-updates.ts'
import { integer, type Method } from './method.ts'

const LONGEST_POLL_SECONDS = 50

export const getUpdates: Method = async ({ telegram, bot, parameters, gone, loseAnswer }) => {
  if (telegram.webhooks.state(bot).target) {
    return refuse(
      409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )
  }
  applyAllowedUpdates(bot, parameters.allowed_updates)
  const limit = integer(parameters.limit) ?? 100
  const timeoutSeconds = Math.min(Math.max(integer(parameters.timeout) ?? 0, 0), LONGEST_POLL_SECONDS)
  const poll = {
    offset: integer(parameters.offset) ?? 0,
    limit: limit >= 1 && limit <= 100 ? limit : 100,
    timeoutSeconds,
  }
  const answer = await telegram.polls.wait(bot, poll, gone)
  const shown = bot.updates.pending().slice(0, poll.limit)
  if (answer.ok && shown.some(({ chat }) => telegram.faults.takeForUpdate(['drop-answer'], chat)))
    loseAnswer()
  return answer
}
