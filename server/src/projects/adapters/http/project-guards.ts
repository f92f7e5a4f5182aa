import type { Guards } from '../../../http/serve-contract.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { ProjectDirectory } from '../../find-project.ts'

type Dependencies = {
  directory: ProjectDirectory
  isOperator: (token: string) => boolean
  allow: (bucket: string, limit: number) => Promise<{ allowed: boolean; limit: number; resetSeconds: number }>
}

/** A key's own calls a minute: generous, since only its owner has it. */
const CALLS_PER_MINUTE = 6_000
const WRONG_PER_MINUTE = 60

/** Who may call what. Wrong keys are counted by address, so that guessing is slow; right ones never meet that count. */
export function projectGuards({ directory, isOperator, allow }: Dependencies): Guards {
  async function wrong(remoteAddress: string | undefined) {
    const { allowed, limit, resetSeconds } = await allow(
      `wrong-key:${remoteAddress ?? 'unknown'}`,
      WRONG_PER_MINUTE,
    )
    return allowed
      ? refuse('unauthorized')
      : refuse('rate-limited', { limit, retryAfterSeconds: resetSeconds })
  }

  return {
    secretKey: {
      prefix: 'sk_',
      admit: async (bearer, { remoteAddress }) => {
        const known = bearer?.startsWith('sk_') ? await directory.bySecret('secret-key', bearer) : undefined
        if (known === undefined) return wrong(remoteAddress)
        const { project } = known
        const { allowed, limit, resetSeconds } = await allow(`${project.id}:calls`, CALLS_PER_MINUTE)
        if (!allowed) return refuse('rate-limited', { limit, retryAfterSeconds: resetSeconds })
        return { caller: { projectId: project.id, locale: project.locale } }
      },
    },
    operatorToken: {
      prefix: '',
      admit: async (bearer, { remoteAddress }) =>
        bearer !== undefined && isOperator(bearer)
          ? { caller: { projectId: '', locale: 'en' } }
          : wrong(remoteAddress),
    },
  }
}
