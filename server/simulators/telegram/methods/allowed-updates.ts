import type { Bot } from '../bots.ts'
import { structured } from './method.ts'

/** Absent keeps what was set before; an empty list means the usual kinds. */
export function applyAllowedUpdates(bot: Bot, parameter: unknown): void {
  const types = structured(parameter)
  if ('malformed' in types || !Array.isArray(types.value)) return
  bot.updates.allow(types.value.filter((type) => typeof type === 'string'))
}
