import type { Admission } from '../../../http/admission.ts'
import type { Guards } from '../../../http/serve-contract.ts'
import { refuse, type Refusal } from '../../../kernel/refusal.ts'
import type { ProjectDirectory } from '../../find-project.ts'

type Dependencies = {
  directory: ProjectDirectory
  isOperator: (token: string) => boolean
  admission: Admission
  /** Whether pages of an origin may use the publishable key. */
  refusesOrigin: (projectId: string, origin: string | undefined) => Promise<Refusal | undefined>
}

/** A key's own calls a minute: generous, since only its owner has it. */
const CALLS_PER_MINUTE = 6_000
/**
 * Everybody has the publishable key: one address can use up its own share only. Each operation has one, so that looking at
 * pages keeps nobody from speaking.
 */
const CALLS_PER_ADDRESS = 300

/** Who may call what with the keys of a project, or as the operator. */
export function projectGuards({ directory, isOperator, admission, refusesOrigin }: Dependencies) {
  return {
    secretKey: {
      prefix: 'sk_',
      admit: async (bearer, { remoteAddress }) => {
        const known = bearer?.startsWith('sk_') ? await directory.bySecret('secret-key', bearer) : undefined
        if (known === undefined) return admission.wrong(remoteAddress)
        const { project } = known
        const refusal = await admission.within(`${project.id}:calls`, CALLS_PER_MINUTE)
        return refusal ?? { caller: { projectId: project.id, locale: project.locale } }
      },
    },
    publishableKey: {
      prefix: 'pk_',
      admit: async (bearer, { remoteAddress, origin, operationId }) => {
        const known = bearer?.startsWith('pk_')
          ? await directory.bySecret('publishable-key', bearer)
          : undefined
        if (known === undefined) return admission.wrong(remoteAddress)
        const { id, locale, status } = known.project
        if (status === 'paused') return refuse('project-paused')
        const refusal =
          // A browser always says where it is: whoever does not is none.
          (origin === undefined ? refuse('origin-not-allowed', { origin: null }) : undefined) ??
          (await refusesOrigin(id, origin)) ??
          (await admission.within(`${id}:${operationId}:${remoteAddress ?? 'unknown'}`, CALLS_PER_ADDRESS)) ??
          // Apart from the backend's, so that browsers cannot use those up.
          (await admission.within(`${id}:${operationId}`, CALLS_PER_MINUTE))
        return refusal ?? { caller: { projectId: id, locale } }
      },
    },
    operatorToken: {
      prefix: '',
      admit: async (bearer, { remoteAddress }) =>
        bearer !== undefined && isOperator(bearer)
          ? { caller: { projectId: '', locale: 'en' } }
          : admission.wrong(remoteAddress),
    },
  } satisfies Guards
}
