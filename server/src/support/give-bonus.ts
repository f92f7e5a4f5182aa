import { formatMoney, parseMoney } from '../kernel/money.ts'
import { isRefusal } from '../kernel/refusal.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import type { Asked } from './domain/asked.ts'
import { dateIn } from './domain/business-time.ts'
import { deskOf } from './domain/decide-ticket.ts'
import type { CommandLog } from './ports/command-log.ts'
import type { Audit, Grant } from './ports/neighbours.ts'
import type { TicketStore } from './ports/ticket-store.ts'
import type { recordTicket } from './record-ticket.ts'
import type { SettingOf } from './setting-of.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  store: Pick<TicketStore, 'lock' | 'now'>
  write: ReturnType<typeof recordTicket>
  commands: CommandLog
  settingOf: SettingOf
  shopOf: (projectId: string) => Promise<{ currency: string }>
  grant: Grant
  record: Audit
}

const MOST_REASON = 200

/**
 * `/bonus 500 reason`: counted against the agent's day before it is given, so that many at once do not give more than one
 * after another; given once for its key, also when something broke in between; then told and settled.
 */
export function giveBonus({
  unitOfWork,
  store,
  write,
  commands,
  settingOf,
  shopOf,
  grant,
  record,
}: Dependencies) {
  /** What to say at once, or how much is on its way. */
  async function promise(asked: Asked): Promise<{ reply: string } | { amountMinor: number }> {
    const { projectId, ticket, agent, rest, key, reply } = asked
    const [, said, reason] = /^(\S+)\s+(\S.*)$/s.exec(rest) ?? []
    const { currency } = await shopOf(projectId)
    const amountMinor = said === undefined ? undefined : parseMoney(said.replace(',', '.'), currency)
    if (amountMinor === undefined || amountMinor === 0 || reason === undefined)
      return { reply: reply('usage', { example: '/bonus 500 late delivery' }) }
    return unitOfWork(async (transaction) => {
      await commands.turnOf(transaction, projectId, agent.id)
      const before = await commands.find(transaction, projectId, key)
      if (before?.reply !== undefined) return { reply: before.reply }
      if (before !== undefined) return { amountMinor: before.bonusMinor! }
      const { settings, time, now } = await settingOf(projectId, await store.now(transaction))
      const day = dateIn(time.timeZone, now)
      const refusal = await refusedBy(settings)
      const facts = { projectId, key, ticketId: ticket.id, agentId: agent.id, command: 'bonus', day }
      await commands.add(
        transaction,
        { ...facts, bonusMinor: refusal === undefined ? amountMinor : null },
        refusal,
      )
      return refusal === undefined ? { amountMinor } : { reply: refusal }

      async function refusedBy({
        bonusPerCommand,
        bonusPerAgentDay,
      }: {
        bonusPerCommand: string | null
        bonusPerAgentDay: string | null
      }) {
        if (bonusPerCommand === null) return reply('bonus-off')
        if (ticket.customerId === null) return reply('bonus-nobody')
        const most = parseMoney(bonusPerCommand, currency) ?? 0
        if (amountMinor! > most) return reply('bonus-too-much', { most: formatMoney(most, currency) })
        const aDay = bonusPerAgentDay === null ? undefined : (parseMoney(bonusPerAgentDay, currency) ?? 0)
        const left =
          aDay === undefined
            ? Infinity
            : aDay - (await commands.givenOn(transaction, projectId, agent.id, day))
        return amountMinor! <= left
          ? undefined
          : reply('bonus-day-full', {
              left: formatMoney(Math.max(0, left), currency),
              most: formatMoney(aDay!, currency),
            })
      }
    })
  }

  return async (asked: Asked): Promise<string> => {
    const promised = await promise(asked)
    if ('reply' in promised) return promised.reply
    const { projectId, ticket, agent, key, rest, source, reply } = asked
    const { currency } = await shopOf(projectId)
    const { amountMinor } = promised
    const amount = formatMoney(amountMinor, currency)
    const reason = /^\S+\s+(.*)$/s.exec(rest)![1]!.trim().slice(0, MOST_REASON)
    const customerId = ticket.customerId!
    const given = await grant(projectId, {
      customerId,
      amountMinor,
      reason,
      staff: agent.name,
      effectId: `${ticket.id} ${key}`,
    })
    const text = isRefusal(given)
      ? reply('refused', { code: given.refused })
      : reply('bonus-given', { amount, available: given.available })
    await unitOfWork(async (transaction) => {
      const kept = await store.lock(transaction, projectId, ticket.id)
      const settled = await commands.settle(transaction, projectId, key, {
        reply: text,
        given: !isRefusal(given),
      })
      if (!settled || kept === undefined || isRefusal(given)) return
      const setting = await settingOf(projectId, await store.now(transaction))
      const desk = deskOf(kept, setting, { by: { kind: 'agent', id: agent.id }, source })
      desk.tell('bonus', { amount, customerId }, reason)
      await write(transaction, kept, desk.done(), setting)
      await record(transaction, projectId, 'ticket.bonus', {
        ticketId: ticket.id,
        agentId: agent.id,
        customerId,
        amount,
      })
    })
    return text
  }
}
