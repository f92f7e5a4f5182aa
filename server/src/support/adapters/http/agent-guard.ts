import type { Admission } from '../../../http/admission.ts'
import type { Guard } from '../../../http/serve-contract.ts'
import type { Locale } from '../../../kernel/locale.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Agent } from '../../domain/agent.ts'
import { AGENT_TOKEN_PREFIX } from '../new-agent-token.ts'

type Dependencies = {
  agentOf: (token: string) => Promise<(Agent & { projectId: string }) | undefined>
  shopOf: (projectId: string) => Promise<{ status: 'active' | 'paused'; locale: Locale }>
  admission: Admission
}

const CALLS_PER_MINUTE = 1_200

/** Lets in an active agent by its token. */
export function agentGuard({ agentOf, shopOf, admission }: Dependencies): Guard {
  return {
    prefix: AGENT_TOKEN_PREFIX,
    admit: async (bearer, { remoteAddress }) => {
      const agent = bearer?.startsWith(AGENT_TOKEN_PREFIX) ? await agentOf(bearer) : undefined
      if (agent === undefined) return admission.wrong(remoteAddress)
      const { projectId, id, participantId, name } = agent
      const { status, locale } = await shopOf(projectId)
      if (status === 'paused') return refuse('project-paused')
      const refusal = await admission.within(`${projectId}:agent:${id}`, CALLS_PER_MINUTE)
      const speaker = { participantId, kind: 'agent' as const, name, customerId: null, agentId: id }
      return refusal ?? { caller: { projectId, locale, speaker } }
    },
  }
}
