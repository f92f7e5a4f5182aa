import { remember } from '../kernel/remember.ts'
import type { Participant } from './domain/conversation.ts'
import type { Speaker } from './domain/item.ts'
import type { Participants } from './ports/participants.ts'

/** What somebody was let in as: a session of a visitor proves no customer, whatever the visitor has become since. */
export type Claim = Pick<Speaker, 'participantId' | 'kind'>

type Dependencies = {
  participants: Pick<Participants, 'find'>
  /** Agents are owned elsewhere. */
  isActiveAgent: (projectId: string, agentId: string) => Promise<boolean>
}

const FRESH_MS = 1_000

/** Who may still speak, and as whom, known for a second: an erasure, a merge, a dismissal reaches everybody within it. */
export function knowSpeakers({ participants, isActiveAgent }: Dependencies) {
  const found = remember(
    (key) => {
      const [projectId, participantId] = key.split(' ')
      return participants.find(projectId!, participantId!)
    },
    { forMs: FRESH_MS },
  )
  return {
    forget: (projectId: string, participantId: string) => found.forget(`${projectId} ${participantId}`),

    async of(projectId: string, { participantId, kind }: Claim): Promise<Speaker | undefined> {
      const key = `${projectId} ${participantId}`
      let participant = await found(key)
      // It may have become a customer a moment ago, in another process, which has just said so.
      if (kind === 'customer' && participant?.kind === 'visitor') {
        found.forget(key)
        participant = await found(key)
      }
      // One that became a customer, or was merged into one, is a visitor no longer.
      if (participant === undefined || participant.kind !== kind) return undefined
      if (kind === 'agent' && !(await isActiveAgent(projectId, participant.agentId!))) return undefined
      return speakerOf(participant)
    },
  }
}

export type Speakers = ReturnType<typeof knowSpeakers>

export function speakerOf({ id, kind, name, customerId, agentId }: Participant): Speaker {
  return { participantId: id, kind, name, customerId, agentId }
}
