import { verifyIdentity } from '@tapline/signing/web'
import type { Operation } from '../contract/contract.ts'
import type { Proven } from '../shop/chat/open-session.ts'
import { refuse, type Refusal } from '../shop/refusal.ts'
import type { Shop } from '../shop/state.ts'
import type { Caller } from './request.ts'

type Scheme = Operation['security'][number]
type Admitting = { shop: Shop; secretKey: string; publishableKey: string }

const PREFIXES: Readonly<Record<Scheme, string>> = {
  secretKey: 'sk_',
  publishableKey: 'pk_',
  session: 'st_',
  agentToken: 'at_',
  operatorToken: '',
}

/** Who calls, by the kind of bearer that the operation takes; a stranger is a refusal. */
export function admit(admitting: Admitting, { security }: Operation, headers: Headers): Caller | Refusal {
  if (security.length === 0) return { speaker: undefined }
  const bearer = /^Bearer ([^\s]{1,300})$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (bearer === undefined) return refuse('unauthorized')
  const scheme = security.find((one) => bearer.startsWith(PREFIXES[one])) ?? security[0]!
  const origin = headers.get('origin')
  switch (scheme) {
    case 'secretKey':
      return bearer === admitting.secretKey ? { speaker: undefined } : refuse('unauthorized')
    case 'operatorToken':
      return { speaker: undefined }
    case 'publishableKey':
      if (bearer !== admitting.publishableKey) return refuse('unauthorized')
      return refusesOrigin(admitting.shop, origin) ?? { speaker: undefined }
    case 'session':
      return sessionOf(admitting.shop, bearer, origin)
    case 'agentToken':
      return agentOf(admitting.shop, bearer)
  }
}

/** Who the visitor of a page is, where that page's server has signed it. */
export async function prove(identity: string, signingSecret: string, now: number): Promise<Proven | Refusal> {
  const result = await verifyIdentity({ token: identity, secrets: [signingSecret], now: new Date(now) })
  return result.verified ? result.identity : refuse('identity-refused', { reason: result.reason })
}

function sessionOf(shop: Shop, token: string, origin: string | null): Caller | Refusal {
  const { sessions, participants } = shop.state.chat
  const session = sessions.get(token)
  const speaker = participants.get(session?.participantId ?? '')
  if (session === undefined || session.expiresAt <= shop.now() || speaker?.kind !== session.kind)
    return refuse('unauthorized')
  return refusesOrigin(shop, origin) ?? { speaker }
}

function agentOf({ state: { chat } }: Shop, token: string): Caller | Refusal {
  const agent = chat.agents.get(chat.agentTokens.get(token) ?? '')
  return agent?.active === true
    ? { speaker: chat.participants.get(agent.participantId) }
    : refuse('unauthorized')
}

// A service worker is not told the origin of the page that it works for: then any will do.
function refusesOrigin({ state }: Shop, origin: string | null): Refusal | undefined {
  return origin === null || state.chat.settings.allowedOrigins.includes(origin)
    ? undefined
    : refuse('origin-not-allowed', { origin })
}
