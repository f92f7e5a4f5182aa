import { writePress, type Press } from '../domain/press.ts'
import type { Keyboard } from '../ports/transport.ts'
import type { Turn } from './open-turn.ts'

export const MENU = [
  'buttonBalance',
  'buttonHistory',
  'buttonInvite',
  'buttonRequests',
  'buttonWrite',
  'buttonSettings',
] as const

/** Below the chat; whoever is not known yet can share a contact there. */
export function menuOf({ label, person }: Pick<Turn, 'label' | 'person'>): Keyboard {
  const contact = person.customerId === null ? [[{ text: label('buttonContact'), contact: true }]] : []
  const [balance, history, invite, requests, write, settings] = MENU.map((key) => ({ text: label(key) }))
  return { reply: [...contact, [balance!, history!], [invite!, requests!], [write!, settings!]] }
}

/** A button under a message. */
export const button = (text: string, press: Press) => ({ text, data: writePress(press) })
