import type { Shop } from '../state.ts'
import type { Conversation, Happening, Member } from './chat-state.ts'

type Without<Event> = Event extends Happening ? Omit<Event, 'sequence' | 'at'> : never

/** Takes the next sequence. */
export function happen({ now }: Shop, conversation: Conversation, what: Without<Happening>): Happening {
  const happening = { ...what, sequence: topOf(conversation) + 1, at: now() }
  conversation.happenings.push(happening)
  return happening
}

export function topOf({ happenings }: Conversation): number {
  return happenings.length
}

export function memberOf({ members }: Conversation, participantId: string): Member | undefined {
  return members.find((member) => member.participantId === participantId)
}
