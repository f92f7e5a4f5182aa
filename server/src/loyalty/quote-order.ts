import type { Refusal } from '../kernel/refusal.ts'
import { dayNumber } from './domain/calendar.ts'
import type { Situation } from './domain/decision.ts'
import { historyFrom } from './domain/judge-tier.ts'
import type { OrderFacts } from './domain/order.ts'
import { LIMIT_KINDS, type Program } from './domain/program.ts'
import { quote, strangersBook, type Quote } from './domain/quote.ts'
import type { Ledger, LimitUse, Standing } from './ports/ledger.ts'
import type { Projects } from './ports/neighbours.ts'
import type { Programs } from './ports/programs.ts'

type Dependencies = { ledger: Ledger; programs: Programs; projects: Projects }
export type QuoteRequest = {
  /** Looked up while the program is read. */
  find: () => Promise<{ customerId: string | undefined; referrerId: string | undefined } | Refusal>
  facts: OrderFacts
  spendMinor: number
}
export type Quoted = Quote & { customerId: string | null; program: Program; currency: string; now: number }

const STRANGER = 'nobody'
const NO_CAPS = { budgets: new Map<string, number>(), uses: [] as LimitUse[] }

/** A dry run: reads without locks, decides by the engine's own code, writes nothing. */
export function quoteOrder({ ledger, programs, projects }: Dependencies) {
  return async (projectId: string, { find, facts, spendMinor }: QuoteRequest): Promise<Quoted | Refusal> => {
    const [{ currency, wholeMinor, clockOffsetMs, timeZone }, program, found] = await Promise.all([
      projects.facts(projectId),
      programs.current(projectId),
      find(),
    ])
    if ('refused' in found) return found
    const { customerId, referrerId } = found
    const today = Date.now() + clockOffsetMs
    const window =
      program.tierPolicy.window.kind === 'all-time'
        ? undefined
        : { timeZone, firstDay: historyFrom(program, timeZone, today) }
    const involved = [customerId, referrerId].filter((id) => id !== undefined)
    const isCapped =
      Object.keys(program.limits).length > 0 || program.rules.some(({ budgetMinor }) => budgetMinor !== null)
    const subjects = customerId === undefined ? [''] : [customerId, '']
    const [standings, { budgets, uses }] = await Promise.all([
      involved.length === 0 ? new Map<string, Standing>() : ledger.accounts(projectId, involved, window),
      isCapped ? ledger.caps(projectId, dayNumber(today, timeZone), subjects) : NO_CAPS,
    ])
    const standing = customerId === undefined ? undefined : standings.get(customerId)
    if (customerId !== undefined && standing === undefined) return { refused: 'customer-not-found' }
    const book = standing ?? strangersBook(STRANGER)
    const now = (standing?.now ?? Date.now()) + clockOffsetMs
    const brought = book.account.referredBy ?? referrerId
    let ids = 0
    const situation: Situation = {
      book,
      referrer: brought === undefined ? undefined : standings.get(brought),
      order: undefined,
      lots: new Map(),
      program,
      programOf: () => program,
      budgets: Object.fromEntries(
        program.rules.flatMap(({ id, budgetMinor }) =>
          budgetMinor === null ? [] : [[id, Math.max(0, budgetMinor - (budgets.get(id) ?? 0))]],
        ),
      ),
      used: Object.fromEntries(
        LIMIT_KINDS.map((kind) => [kind, uses.find((use) => use.kind === kind)?.usedMinor ?? 0]),
      ),
      currency,
      wholeMinor,
      timeZone,
      now,
      arrivedAt: now,
      newId: (kind) => `${kind}~${ids++}`,
    }
    return {
      ...quote(situation, facts, spendMinor, referrerId),
      customerId: customerId ?? null,
      program,
      currency,
      now,
    }
  }
}
