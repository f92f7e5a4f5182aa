import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import type { Hold } from './domain/book.ts'
import type { Spared } from './domain/command.ts'
import type { Ledger } from './ports/ledger.ts'
import type { Projects } from './ports/neighbours.ts'
import type { Engine } from './run-engine.ts'

type Dependencies = {
  ledger: Pick<Ledger, 'account' | 'hold' | 'now'>
  engine: Pick<Engine, 'runFor'>
  projects: Projects
}

/** Whoever owns the bonuses says yes or no to a hold that waits for it. Somebody else's is not there. */
export function answerHold({ ledger, engine, projects }: Dependencies) {
  const now = async (projectId: string) => {
    const { clockOffsetMs } = await projects.facts(projectId)
    return (await ledger.now()) + clockOffsetMs
  }

  /** As it is at this moment: past its deadline it has expired, whether or not that has been written down. */
  async function find(projectId: string, holdId: string): Promise<Hold | undefined> {
    const [hold, at] = await Promise.all([ledger.hold(projectId, holdId), now(projectId)])
    const isOpen = hold?.state === 'active' || hold?.state === 'awaiting-confirmation'
    return hold !== undefined && isOpen && hold.expiresAt <= at ? { ...hold, state: 'expired' } : hold
  }

  async function answer(
    projectId: string,
    { holdId, customerId }: { holdId: string; customerId: string },
    step: { kind: 'confirm-hold' } | { kind: 'void-hold'; spares: Spared },
  ): Promise<Hold | Refusal> {
    const outcome = await engine.runFor(projectId, async () => {
      const hold = await find(projectId, holdId)
      if (hold?.customerId !== customerId) return refuse('hold-not-found', { holdId })
      const { storefront, orderId } = hold
      return { customerId, command: { ...step, storefront, orderId, holdId } }
    })
    return isRefusal(outcome) ? outcome : (await find(projectId, holdId))!
  }

  return {
    find,
    async awaiting(projectId: string, customerId: string): Promise<Hold[]> {
      const [standing, at] = await Promise.all([ledger.account(projectId, customerId), now(projectId)])
      return (standing?.holds ?? [])
        .filter(({ state, expiresAt }) => state === 'awaiting-confirmation' && expiresAt > at)
        .sort((left, right) => left.createdAt - right.createdAt)
    },
    /** Twice is as good as once. */
    confirm: (projectId: string, holdId: string, customerId: string) =>
      answer(projectId, { holdId, customerId }, { kind: 'confirm-hold' }),
    decline: (projectId: string, holdId: string, customerId: string) =>
      answer(projectId, { holdId, customerId }, { kind: 'void-hold', spares: 'confirmed' }),
    /** As the page does it that asked for it: also what was confirmed, unless it is promised to an order. */
    letGo: (projectId: string, holdId: string, customerId: string) =>
      answer(projectId, { holdId, customerId }, { kind: 'void-hold', spares: 'promised' }),
  }
}
