import { refuse, type Refusal } from '../../kernel/refusal.ts'
import type { Pocket } from '../ports/neighbours.ts'
import type { Links } from '../ports/links.ts'

type Dependencies = {
  links: Pick<Links, 'add' | 'redeem'>
  holds: Pick<Pocket['holds'], 'awaiting'>
  offsetOf: (projectId: string) => Promise<number>
  newId: () => string
  newSecret: () => string
  newCode: () => string
  /** Where the project's bot is opened with these words; undefined without a bot. */
  addressOf: (projectId: string, payload: string) => Promise<string | undefined>
}

type Whose = { participantId: string | null; customerId: string | null }
type Made = { url: string; code: string; claim: string | null; expiresAt: Date }

const GOOD_FOR_MS = 15 * 60_000

/** Links that open once, and what the page gets for them. */
export function makeLinks({ links, holds, offsetOf, newId, newSecret, newCode, addressOf }: Dependencies) {
  /** Of a customer's own page alone: who else asks for a link knows nothing of a cart. */
  async function waitingFor(projectId: string, { participantId, customerId }: Whose) {
    if (participantId === null || customerId === null) return undefined
    return (await holds.awaiting(projectId, customerId)).at(-1)
  }

  return {
    async make(projectId: string, whose: Whose): Promise<Made | Refusal> {
      const { participantId, customerId } = whose
      const token = newSecret()
      const url = await addressOf(projectId, `l_${token}`)
      if (url === undefined) return refuse('telegram-not-connected')
      const hold = await waitingFor(projectId, whose)
      // One code on the page, whichever of the two the bot asks about.
      const code = hold?.code ?? newCode()
      const claim = customerId === null ? newSecret() : null
      const link = {
        projectId,
        id: newId(),
        token,
        claim,
        code,
        participantId,
        customerId,
        holdId: hold?.holdId ?? null,
      }
      const expiresAt = await links.add(link, GOOD_FOR_MS, await offsetOf(projectId))
      return { url, code, claim, expiresAt }
    },

    /** Whose session the page gets, once. */
    async redeem(
      projectId: string,
      claim: string,
    ): Promise<{ customerId: string; name: string | null } | Refusal> {
      const whose = await links.redeem(projectId, claim, await offsetOf(projectId))
      if (whose === 'pending') return refuse('proof-pending')
      return whose === 'refused' ? refuse('proof-refused') : { ...whose, name: null }
    },
  }
}

export type MakeLinks = ReturnType<typeof makeLinks>
