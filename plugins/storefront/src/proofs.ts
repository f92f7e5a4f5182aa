import type { Session, TelegramLink } from './contract.ts'
import { done, problem, type Answer } from './problem.ts'
import { drawQr } from './draw-qr.ts'
import type { Request } from './request.ts'
import type { Sessions } from './sessions.ts'
import type { Shelf } from './shelf.ts'

/** A way into Telegram, where the shopper says "it is me". */
export interface TelegramProof {
  /** Opens the bot: for a button, or for {@link TelegramProof.qr}. */
  url: string
  /** Four digits that stand in the bot too: show them. */
  code: string
  /** When it is too late; RFC 3339. */
  expiresAt: string
  /** The address as a picture, for the camera of another device. It scales, and has a quiet zone. Undefined where it could not be loaded. */
  qr(): Promise<SVGSVGElement | undefined>
  /** True once it is confirmed; `proof-refused` when declined, `proof-expired` when too late, `cancelled` after `cancel`. */
  proven: Promise<Answer<true>>
  /** Stops waiting. */
  cancel(): void
}

interface Needs {
  request: Request
  sessions: Sessions
  shelf: Shelf
  now: () => number
}

/** The bot of the shop, where a spending is confirmed. */
export interface TelegramBot {
  /** Opens it: for a button, or for {@link TelegramBot.qr}. */
  url: string
  /** Four digits that the bot shows first, where it does not know the customer yet; else null. */
  code: string | null
  /** The address as a picture. */
  qr(): Promise<SVGSVGElement | undefined>
}

const PROOF = 'proof'
/** Where the bot is that knows whoever was proven by it. */
export const BOT = 'bot'
const FIRST_MS = 1_500
const LONGEST_MS = 5_000

/** Proofs by Telegram, one at a time. A reload goes on waiting for it. */
export function createProofs({ request, sessions, shelf, now }: Needs) {
  let current: TelegramProof | undefined
  let look: () => void = () => undefined

  function watch(link: TelegramLink): TelegramProof {
    let settle!: (answer: Answer<true>) => void
    let pauseMs = FIRST_MS
    let timer: ReturnType<typeof setTimeout> | undefined
    let asking = false
    let ended = false
    const proven = new Promise<Answer<true>>((resolve) => (settle = resolve))

    function end(answer: Answer<true>): void {
      if (ended) return
      ended = true
      clearTimeout(timer)
      current = undefined
      shelf.set(PROOF, undefined)
      settle(answer)
    }
    async function ask(): Promise<void> {
      if (asking || ended) return
      clearTimeout(timer)
      asking = true
      const answer: Answer<Session> = await sessions.open({ telegramProof: link.claim! })
      asking = false
      if (answer.data) {
        shelf.set(BOT, link.url.replace(/\?.*/, ''))
        return end(done(true as const))
      }
      const { code, temporary } = answer.problem
      if (now() > Date.parse(link.expiresAt)) return end(problem('proof-expired'))
      if (code !== 'proof-pending' && !temporary) return end(answer)
      if (ended) return
      timer = setTimeout(() => void ask(), pauseMs)
      pauseMs = Math.min(pauseMs * 1.2, LONGEST_MS)
    }
    look = () => void ask()
    timer = setTimeout(look, pauseMs)
    shelf.set(PROOF, link)
    const { url, code, expiresAt } = link
    return (current = {
      ...{ url, code, expiresAt, proven },
      qr: () => drawQr(url),
      cancel: () => end(problem('cancelled')),
    })
  }

  const kept = shelf.read<TelegramLink>(PROOF)
  if (kept && Date.parse(kept.expiresAt) > now()) watch(kept)

  async function link(): Promise<Answer<TelegramLink>> {
    const token = await sessions.any()
    if (token.problem) return token
    return request<TelegramLink>('POST', '/v1/telegram-links', { token: token.data, body: {}, has: 'claim' })
  }

  return {
    current: () => current,
    look: () => look(),
    async start(): Promise<Answer<TelegramProof>> {
      if (sessions.isProven()) return problem('proven-already')
      if (current) return done(current)
      const answer = await link()
      return answer.problem ? answer : done(current ?? watch(answer.data))
    },
    /** Of somebody proven: the bot knows whoever came by it; another one is asked there whether the account is its own. */
    async bot(): Promise<Answer<TelegramBot>> {
      const known = shelf.read<string>(BOT)
      if (known) return done({ url: known, code: null, qr: () => drawQr(known) })
      if (!(await sessions.proven())) return problem('proof-required')
      const answer = await link()
      if (answer.problem) return answer
      const { url, code } = answer.data
      return done({ url, code, qr: () => drawQr(url) })
    },
  }
}
