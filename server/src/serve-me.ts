import type { Caller, HandlerRequest, Handlers } from './http/handlers.ts'
import { isRefusal, refuse, type Refusal } from './kernel/refusal.ts'

type Operations =
  'getMe' | 'listMyEntries' | 'quoteMyOrder' | 'createMyHold' | 'getMyHold' | 'voidMyHold' | 'takeMyPromoCode'

/** What a backend may ask of every customer: here it is asked of oneself only. */
type OfAnybody = Pick<Handlers, 'getCustomer' | 'listEntries' | 'quoteOrder' | 'createHold' | 'getHold'>

type Answer = ReturnType<Handlers['createMyHold']>

/** Holds that have a code until their order has an id. */
type Reserving = {
  reserve: (
    projectId: string,
    customerId: string,
    wish: Omit<HandlerRequest<'createMyHold'>['body'], 'orderId'>,
  ) => Answer
  takePromoCode: (
    projectId: string,
    customerId: string,
    wish: HandlerRequest<'takeMyPromoCode'>['body'],
    request: string | undefined,
  ) => Answer
  letGo: (projectId: string, customerId: string, holdId: string) => ReturnType<Handlers['voidMyHold']>
}

/** Each asks its owner in Telegram, who is not to be flooded by whoever has the browser. */
const HOLDS_PER_MINUTE = 10

/** What a proven customer may see and do in a browser. Whose it is comes from the session, never from the request. */
export function serveMe(
  ofAnybody: OfAnybody,
  { reserve, takePromoCode, letGo }: Reserving,
  within: (bucket: string, perMinute: number) => Promise<Refusal | undefined>,
): Pick<Handlers, Operations> {
  function customerOf({ speaker }: Caller): string | Refusal {
    return speaker?.customerId ?? refuse('proof-required')
  }

  /** Somebody else's is not there. */
  async function holdOf(request: HandlerRequest<'getHold'>, customerId: string) {
    const found = await ofAnybody.getHold(request)
    if (isRefusal(found)) return found
    return found.body.customerId === customerId
      ? found
      : refuse('hold-not-found', { holdId: request.path.holdId })
  }

  return {
    getMe: async (request) => {
      const { participantId, kind, name, customerId, agentId } = request.caller.speaker!
      const participant = { id: participantId, kind, name, customerId: null, agentId }
      if (customerId === null) return { status: 200, body: { participant, customer: null } }
      const found = await ofAnybody.getCustomer({ ...request, path: { customerId } })
      return isRefusal(found) ? found : { status: 200, body: { participant, customer: found.body } }
    },

    listMyEntries: async (request) => {
      const customerId = customerOf(request.caller)
      if (typeof customerId !== 'string') return customerId
      return ofAnybody.listEntries({ ...request, path: { customerId } })
    },

    /** Of whoever is not proven, what it would be for somebody new: nothing that is known of anybody. */
    quoteMyOrder: async ({ body, ...request }) => {
      const id = request.caller.speaker?.customerId ?? undefined
      return ofAnybody.quoteOrder({
        ...request,
        body: { ...body, ...(id !== undefined && { customer: { id } }) },
      })
    },

    /** Whoever has the browser is not yet whoever owns the bonuses: it waits for a confirmation from elsewhere. */
    createMyHold: async ({ body, ...request }) => {
      const id = customerOf(request.caller)
      if (typeof id !== 'string') return id
      const refusal = await within(`${request.caller.projectId}:holds:${id}`, HOLDS_PER_MINUTE)
      if (refusal !== undefined) return refusal
      const { orderId, ...wish } = body
      if (orderId === undefined) return reserve(request.caller.projectId, id, wish)
      return ofAnybody.createHold({
        ...request,
        body: { ...body, orderId, customer: { id }, awaitsConfirmation: true },
      })
    },

    takeMyPromoCode: async ({ caller, body, idempotencyKey }) => {
      const id = customerOf(caller)
      return typeof id === 'string' ? takePromoCode(caller.projectId, id, body, idempotencyKey) : id
    },

    getMyHold: async (request) => {
      const customerId = customerOf(request.caller)
      return typeof customerId === 'string' ? holdOf({ ...request }, customerId) : customerId
    },

    /**
     * A confirmed one is a promise to the shop, which may have lowered a price for it: the shop frees it, or its deadline.
     * One under a code may be let go: an order that brings the code all the same is paid with what is there, or doubted.
     */
    voidMyHold: async ({ caller, path }) => {
      const customerId = customerOf(caller)
      if (typeof customerId !== 'string') return customerId
      const freed = await letGo(caller.projectId, customerId, path.holdId)
      const isPromised = isRefusal(freed) && freed.details?.state === 'active'
      return isPromised ? refuse('forbidden') : freed
    },
  }
}
