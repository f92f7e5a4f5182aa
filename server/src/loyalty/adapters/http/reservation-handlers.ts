import type { components } from '@tapline/openapi'
import type { Handlers } from '../../../http/handlers.ts'
import { formatMoney, parseMoney } from '../../../kernel/money.ts'
import { isRefusal, type Refusal } from '../../../kernel/refusal.ts'
import type { UnitOfWork } from '../../../kernel/transaction.ts'
import { keyOfCode } from '../../domain/reservation.ts'
import type { CatchUp, Projects, Reader } from '../../ports/neighbours.ts'
import type { Ledger } from '../../ports/ledger.ts'
import type { PromoCodes } from '../../ports/promo-codes.ts'
import type { answerHold } from '../../answer-hold.ts'
import type { reserveBonuses } from '../../reserve-bonuses.ts'
import { invalidMoney } from './order-handlers.ts'
import { presentHold } from './present.ts'
import type { Audit } from './program-handlers.ts'
import { readWish } from './read-wish.ts'

type Schemas = components['schemas']
type Answer = Promise<{ status: 201; body: Schemas['Hold'] } | Refusal>

type Dependencies = {
  unitOfWork: UnitOfWork
  ledger: Ledger
  projects: Projects
  reader: Reader
  catchUp: CatchUp
  promoCodes: PromoCodes
  reserving: ReturnType<typeof reserveBonuses>
  holds: Pick<ReturnType<typeof answerHold>, 'letGo'>
  record: Audit
}

/** For the shop: its codes. For a customer in a browser: a hold under a code. */
export function reservationHandlers(dependencies: Dependencies) {
  const { unitOfWork, ledger, projects, reader, catchUp, promoCodes, reserving, holds, record } = dependencies
  const wishOf = readWish(dependencies)

  async function whoIs(projectId: string, id: string): Promise<{ customerId: string } | Refusal> {
    const who = await reader.who(projectId, { id })
    if (isRefusal(who)) return who
    await catchUp(projectId, who)
    return who as { customerId: string }
  }

  return {
    forCustomer: {
      reserve: async (
        projectId: string,
        id: string,
        said: Omit<Schemas['MyHoldInput'], 'orderId'>,
      ): Answer => {
        const wish = await wishOf(projectId, said)
        if (isRefusal(wish)) return wish
        const who = await whoIs(projectId, id)
        if (isRefusal(who)) return who
        const outcome = await reserving.reserve(projectId, {
          ...who,
          ...wish,
          storefront: said.storefront ?? 'api',
        })
        return isRefusal(outcome)
          ? outcome
          : { status: 201, body: (outcome as { hold: Schemas['Hold'] }).hold }
      },

      takePromoCode: async (
        projectId: string,
        id: string,
        { nominal, orderAmount }: { nominal: string | number; orderAmount?: string | number },
        request: string | undefined,
      ): Answer => {
        const wish = await wishOf(projectId, { amount: nominal, ...(orderAmount !== undefined && { orderAmount }) }, '/nominal') // prettier-ignore
        if (isRefusal(wish)) return wish
        const who = await whoIs(projectId, id)
        if (isRefusal(who)) return who
        const outcome = await reserving.takePromoCode(
          projectId,
          { ...who, ...wish, storefront: 'tilda' },
          request,
        )
        if (isRefusal(outcome)) return outcome
        const { hold, holdId } = outcome as { hold?: Schemas['Hold']; holdId?: string }
        if (hold !== undefined) return { status: 201, body: hold }
        const { currency } = await projects.facts(projectId)
        return { status: 201, body: presentHold((await ledger.hold(projectId, holdId!))!, currency) }
      },

      letGo: async (
        projectId: string,
        id: string,
        holdId: string,
      ): Promise<{ status: 200; body: Schemas['Hold'] } | Refusal> => {
        const hold = await holds.letGo(projectId, holdId, id)
        if (isRefusal(hold)) return hold
        const { currency } = await projects.facts(projectId)
        return { status: 200, body: presentHold(hold, currency) }
      },
    },

    operations: {
      countPromoCodes: async ({ caller: { projectId } }) => {
        const { currency } = await projects.facts(projectId)
        const counts = await promoCodes.count(projectId)
        const data = counts.map(({ nominalMinor, ...count }) => ({
          nominal: formatMoney(nominalMinor, currency),
          ...count,
        }))
        return { status: 200, body: { data } }
      },

      importPromoCodes: async ({ caller: { projectId }, body }) => {
        const { currency } = await projects.facts(projectId)
        const nominalMinor = parseMoney(body.nominal, currency)
        if (!nominalMinor) return invalidMoney('/nominal', currency)
        const codes = [...new Map(body.codes.map((code) => [keyOfCode(code)!, code]))]
        const added = await unitOfWork(async (transaction) => {
          const count = await promoCodes.add(
            transaction,
            projectId,
            nominalMinor,
            codes.map(([key, code]) => ({ key, code })),
          )
          const nominal = formatMoney(nominalMinor, currency)
          if (count > 0) await record(transaction, projectId, 'promo-codes.imported', { nominal, count })
          return count
        })
        return { status: 200, body: { added, known: body.codes.length - added } }
      },
    } satisfies Pick<Handlers, 'countPromoCodes' | 'importPromoCodes'>,
  }
}
