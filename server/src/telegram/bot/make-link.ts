import { refuse, type Refusal } from '../../kernel/refusal.ts'
import type { Links } from '../ports/links.ts'

type Dependencies = {
  links: Pick<Links, 'add' | 'redeem'>
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
export function makeLinks({ links, offsetOf, newId, newSecret, newCode, addressOf }: Dependencies) {
  return {
    async make(projectId: string, { participantId, customerId }: Whose): Promise<Made | Refusal> {
      const [token, code] = [newSecret(), newCode()]
      const url = await addressOf(projectId, `l_${token}`)
      if (url === undefined) return refuse('telegram-not-connected')
      const claim = customerId === null ? newSecret() : null
      const link = { projectId, id: newId(), token, claim, code, participantId, customerId }
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
