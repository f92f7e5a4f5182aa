import type { Instant } from '../kernel/clock.ts'
import { isLocale, type Locale } from '../kernel/locale.ts'
import type { Speaker } from './domain/item.ts'
import type { Speakers } from './know-speakers.ts'
import type { UsedTickets } from './ports/used-tickets.ts'

type Signer = {
  sign(claims: readonly string[], expiresAt: Instant): string
  read(token: string): { claims: string[]; expiresAt: Instant } | undefined
}

type Dependencies = {
  signer: Signer
  used: UsedTickets
  speakers: Pick<Speakers, 'of'>
  newName: () => string
  now: () => Instant
}

export type Redeemed = { projectId: string; locale: Locale; speaker: Speaker }

const TICKET_MS = 30_000

/** The way from a request that was let in to a socket: it stands in a frame, not in an address, and is good once. */
export function socketTickets({ signer, used, speakers, newName, now }: Dependencies) {
  return {
    issue({ participantId, kind }: Speaker, projectId: string, locale: Locale) {
      const expiresAt = now() + TICKET_MS
      return {
        ticket: signer.sign([newName(), projectId, participantId, kind, locale], expiresAt),
        expiresAt,
      }
    },

    async redeem(ticket: string): Promise<Redeemed | undefined> {
      const read = signer.read(ticket)
      if (read === undefined || read.expiresAt <= now()) return undefined
      const [name, projectId, participantId, kind, locale] = read.claims as [
        string,
        string,
        string,
        Speaker['kind'],
        string,
      ]
      if (!isLocale(locale)) return undefined
      const speaker = await speakers.of(projectId, { participantId, kind })
      // Last: one that is refused anyway uses nothing up.
      if (speaker === undefined || !(await used.use(name, TICKET_MS))) return undefined
      return { projectId, locale, speaker }
    },
  }
}

export type SocketTickets = ReturnType<typeof socketTickets>
