import { accept, badRequest } from '../answer.ts'
import { forgetOldest } from '../../bounded.ts'
import { structured, type Method } from './method.ts'

const MOST_COMMANDS = 100
const MOST_LISTS = 100

export const setMyCommands: Method = ({ bot, parameters }) => {
  const commands = structured(parameters.commands)
  if ('malformed' in commands || !Array.isArray(commands.value)) {
    return badRequest("can't parse commands list as a JSON array")
  }
  if (commands.value.length > MOST_COMMANDS) return badRequest('BOT_COMMANDS_TOO_MUCH')
  for (const item of commands.value as unknown[]) {
    const { command, description } = (item ?? {}) as Record<string, unknown>
    if (typeof command !== 'string' || !/^\/?[a-z0-9_]{1,32}$/.test(command)) {
      return badRequest('BOT_COMMAND_INVALID')
    }
    if (typeof description !== 'string' || description.length < 1 || description.length > 256) {
      return badRequest('BOT_COMMAND_DESCRIPTION_INVALID')
    }
  }
  const scope = structured(parameters.scope)
  const list = JSON.stringify([
    'value' in scope ? (scope.value ?? 'default') : 'default',
    parameters.language_code ?? '',
  ])
  bot.commands.set(list, commands.value)
  forgetOldest(bot.commands, MOST_LISTS)
  return accept(true)
}
