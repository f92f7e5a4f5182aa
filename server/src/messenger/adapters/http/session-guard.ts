import type { Admission } from '../../../http/admission.ts'
import type { Guard } from '../../../http/serve-contract.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Locale } from '../../../kernel/locale.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { checkOrigin } from '../../check-origin.ts'
import type { ChatSettings } from '../../domain/chat-settings.ts'
import type { SessionTokens } from '../../domain/session.ts'
import type { Speakers } from '../../know-speakers.ts'

type Dependencies = {
  tokens: SessionTokens
  speakers: Speakers
  shopOf: (projectId: string) => Promise<{ status: 'active' | 'paused'; locale: Locale }>
  settingsOf: (projectId: string) => Promise<Pick<ChatSettings, 'requireIdentity'>>
  refusesOrigin: ReturnType<typeof checkOrigin>
  admission: Admission
  prefix: string
  now: () => Instant
}

const CALLS_PER_MINUTE = 600

/** Lets in whom a session names, as long as that one may still speak. */
export function sessionGuard({
  tokens,
  speakers,
  shopOf,
  settingsOf,
  refusesOrigin,
  admission,
  prefix,
  now,
}: Dependencies): Guard {
  return {
    prefix,
    admit: async (bearer, { remoteAddress, origin }) => {
      const session = bearer === undefined ? undefined : tokens.read(bearer, now())
      if (session === undefined) return admission.wrong(remoteAddress)
      // Nobody guesses those: a page that was left open shows them, and opens another session.
      if (session === 'expired') return refuse('unauthorized')
      const { projectId, kind } = session
      const [{ status, locale }, { requireIdentity }, speaker, stranger] = await Promise.all([
        shopOf(projectId),
        settingsOf(projectId),
        speakers.of(projectId, session),
        refusesOrigin(projectId, origin),
      ])
      if (status === 'paused') return refuse('project-paused')
      if (stranger !== undefined) return stranger
      if (speaker === undefined) return refuse('unauthorized')
      if (requireIdentity && kind === 'visitor') return refuse('identity-required')
      const bucket = `${projectId}:session:${speaker.participantId}`
      const refusal = await admission.within(bucket, CALLS_PER_MINUTE)
      return refusal ?? { caller: { projectId, locale, speaker } }
    },
  }
}
