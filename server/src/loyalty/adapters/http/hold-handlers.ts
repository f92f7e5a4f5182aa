import type { components } from '@tapline/openapi'
import type { Handlers } from '../../../http/handlers.ts'
import { parseMoney } from '../../../kernel/money.ts'
import { isRefusal, refuse, type Refusal } from '../../../kernel/refusal.ts'
import type { Hold } from '../../domain/book.ts'
import type { HoldStepCommand } from '../../domain/command.ts'
import type { Ledger } from '../../ports/ledger.ts'
import type { CatchUp, Projects, Reader } from '../../ports/neighbours.ts'
import type { Engine } from '../../run-engine.ts'
import { invalidMoney } from './order-handlers.ts'
import { presentHold } from './present.ts'
import { readWish } from './read-wish.ts'

type Dependencies = {
  ledger: Ledger
  projects: Projects
  engine: Engine
  reader: Reader
  catchUp: CatchUp
  isSandbox: (projectId: string) => Promise<boolean>
}

type Operations = 'createHold' | 'getHold' | 'captureHold' | 'voidHold' | 'confirmSandboxHold'

const HALF_AN_HOUR_S = 1_800

export function holdHandlers({
  ledger,
  projects,
  engine,
  reader,
  catchUp,
  isSandbox,
}: Dependencies): Pick<Handlers, Operations> {
  const wishOf = readWish({ projects, reader })

  async function step(
    projectId: string,
    holdId: string,
    commandFor: (hold: Hold) => HoldStepCommand,
  ): Promise<components['schemas']['Hold'] | Refusal> {
    const outcome = await engine.runFor(projectId, async () => {
      const hold = await ledger.hold(projectId, holdId)
      if (hold === undefined) return refuse('hold-not-found', { holdId })
      return { customerId: hold.customerId, command: commandFor(hold) }
    })
    return isRefusal(outcome) ? outcome : (outcome as { hold: components['schemas']['Hold'] }).hold
  }

  return {
    createHold: async ({ caller: { projectId }, body }) => {
      const wish = await wishOf(projectId, body)
      if (isRefusal(wish)) return wish
      const who = await reader.who(projectId, body.customer)
      if (isRefusal(who)) return who
      await catchUp(projectId, who)
      const outcome = (await engine.runCommand(projectId, {
        ...who,
        command: {
          kind: 'hold',
          storefront: body.storefront ?? 'api',
          orderId: String(body.orderId).trim(),
          ...wish,
          expiresInMs: (body.expiresInSeconds ?? HALF_AN_HOUR_S) * 1_000,
          awaitsConfirmation: body.awaitsConfirmation ?? false,
        },
      })) as object
      if (isRefusal(outcome)) return outcome
      return { status: 201, body: (outcome as { hold: components['schemas']['Hold'] }).hold }
    },

    getHold: async ({ caller: { projectId }, path: { holdId } }) => {
      const [hold, { currency, clockOffsetMs }] = await Promise.all([
        ledger.hold(projectId, holdId),
        projects.facts(projectId),
      ])
      if (hold === undefined) return refuse('hold-not-found', { holdId })
      // Past its deadline it is expired, whether or not that has been written down.
      const isOpen = hold.state === 'active' || hold.state === 'awaiting-confirmation'
      const expired = isOpen && hold.expiresAt <= (await ledger.now()) + clockOffsetMs
      return { status: 200, body: presentHold(expired ? { ...hold, state: 'expired' } : hold, currency) }
    },

    captureHold: async ({ caller: { projectId }, path: { holdId }, body = {} }) => {
      const { currency } = await projects.facts(projectId)
      const amountMinor = body.amount === undefined ? undefined : parseMoney(body.amount, currency)
      if (body.amount !== undefined && !amountMinor) return invalidMoney('/amount', currency)
      const hold = await step(projectId, holdId, ({ storefront, orderId }) => ({
        kind: 'capture-hold',
        storefront,
        orderId,
        holdId,
        amountMinor,
      }))
      return isRefusal(hold) ? hold : { status: 200, body: hold }
    },

    voidHold: async ({ caller: { projectId }, path: { holdId } }) => {
      const hold = await step(projectId, holdId, ({ storefront, orderId }) => ({
        kind: 'void-hold',
        storefront,
        orderId,
        holdId,
      }))
      return isRefusal(hold) ? hold : { status: 200, body: hold }
    },

    confirmSandboxHold: async ({ caller: { projectId }, path: { holdId } }) => {
      if (!(await isSandbox(projectId))) return refuse('sandbox-only')
      const hold = await step(projectId, holdId, ({ storefront, orderId }) => ({
        kind: 'confirm-hold',
        storefront,
        orderId,
        holdId,
      }))
      return isRefusal(hold) ? hold : { status: 200, body: hold }
    },
  }
}
