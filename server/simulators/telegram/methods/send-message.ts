import { accept, isRefused } from '../answer.ts'
import { readMessageText } from '../message-text.ts'
import { postTo, readDestination, tooSoon } from './destination.ts'
import type { Method } from './method.ts'

export const sendMessage: Method = (call) => {
  const text = readMessageText(call.parameters.text, call.parameters.parse_mode)
  if (isRefused(text)) return text
  const destination = readDestination(call)
  if (isRefused(destination)) return destination
  return tooSoon(call, destination.chat) ?? accept(postTo(call, destination, text))
}
