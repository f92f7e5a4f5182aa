import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { Speaker } from './domain/item.ts'
import type { MessengerRefusalCode } from './domain/refusal-code.ts'
import { speakerOf } from './know-speakers.ts'
import type { Participants } from './ports/participants.ts'

type Caller = { projectId: string; speaker?: Speaker }
type Refused = Refusal<MessengerRefusalCode | 'forbidden'>

type Dependencies = {
  participants: Pick<Participants, 'find' | 'ofBot'>
  shopName: (projectId: string) => Promise<string>
}

/** Whom a caller speaks for: a session or an agent for itself, a backend for whom it names, else for the shop's bot. */
export function chooseSpeaker({ participants, shopName }: Dependencies) {
  const botOf = async (projectId: string): Promise<Speaker> =>
    speakerOf(await participants.ofBot(projectId, await shopName(projectId)))
  return {
    botOf,
    async speakerOf({ projectId, speaker }: Caller, senderId?: string): Promise<Speaker | Refused> {
      if (speaker !== undefined) return senderId === undefined ? speaker : refuse('forbidden')
      if (senderId === undefined) return botOf(projectId)
      const participant = await participants.find(projectId, senderId)
      return participant !== undefined && (participant.kind === 'bot' || participant.kind === 'customer')
        ? speakerOf(participant)
        : refuse('participant-not-found')
    },
  }
}
