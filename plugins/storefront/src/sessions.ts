import type { Session } from './contract.ts'
import { done, type Answer } from './problem.ts'
import type { Request } from './request.ts'
import type { Shelf } from './shelf.ts'

/** A token of `signIdentity` of `@tapline/signing`, which the shop's server makes; undefined of whoever is not signed in. */
export type Identity = () => string | undefined | Promise<string | undefined>

export interface ProofOfIdentity {
  identity?: string
  telegramProof?: string
}

interface Needs {
  request: Request
  shelf: Shelf
  publishableKey: string
  identity: Identity | undefined
  now: () => number
  /** Who it is has changed. */
  changed: () => void
}

const MARGIN_MS = 60_000
const SESSION = 'session'

export type Sessions = ReturnType<typeof createSessions>

/** Who the shopper is: nobody until there is a need, then a visitor or a proven customer, for an hour at a time. */
export function createSessions({ request, shelf, publishableKey, identity, now, changed }: Needs) {
  let current = shelf.read<Session>(SESSION)
  /** An identity is asked for once, and again when its session has ended. */
  let asked: Promise<unknown> | undefined

  const isLive = ({ expiresAt }: Session) => Date.parse(expiresAt) - now() > MARGIN_MS
  const isProven = (session: Session | undefined) => session?.participant?.kind === 'customer'

  function keep(session: Session | undefined): void {
    const before = isProven(current)
    current = session
    shelf.set(SESSION, session)
    if (before || isProven(session)) changed()
  }

  async function open(proof: ProofOfIdentity = {}): Promise<Answer<Session>> {
    const { renewal } = current ?? {}
    const ask = (about: object) =>
      request<Session>('POST', '/v1/visitor-sessions', {
        token: publishableKey,
        body: about,
        has: 'participant',
      })
    let answer = await ask({ ...proof, ...(renewal && { renewal }) })
    // Whom the renewal was of is gone.
    if (renewal && answer.problem?.code === 'unauthorized') answer = await ask(proof)
    if (answer.data) keep(answer.data)
    return answer
  }

  async function byIdentity(): Promise<void> {
    try {
      const token = await identity?.()
      if (token) await open({ identity: token })
    } catch {
      // The shop's own function failed: nobody is signed in.
    }
  }

  /** The token of a proven customer, if that is who it is. */
  async function proven(): Promise<string | undefined> {
    if (isProven(current) && !isLive(current!)) {
      keep(undefined)
      asked = undefined
    }
    if (!isProven(current) && identity) await (asked ??= byIdentity())
    return isProven(current) ? current!.token : undefined
  }

  return {
    open,
    proven,
    isProven: () => isProven(current) && isLive(current!),
    /** The token of whoever it is; a new visitor's where there is none. */
    async any(): Promise<Answer<string>> {
      const token = (await proven()) ?? (current && isLive(current) ? current.token : undefined)
      if (token) return done(token)
      const { data, problem } = await open()
      return problem ? { data, problem } : done(data.token)
    },
    end: () => keep(undefined),
  }
}
