import { button } from './menu.ts'
import { showAmount, showBonuses as inBonuses, showChange, showDay, showTime } from '../domain/show-amount.ts'
import type { TextKey } from '../domain/texts.ts'
import type { Hold, Pocket } from '../ports/neighbours.ts'
import { menuOf } from './menu.ts'
import type { Turn } from './open-turn.ts'

type Dependencies = {
  pocket: Pick<Pocket, 'of' | 'history' | 'holds'>
  drawQr: (text: string) => Promise<string>
  /** Asks whoever has not been asked yet. */
  askHolds: (turn: Turn, holds: readonly Hold[]) => void
}

const LINES = 10
const ENTRIES: Readonly<Record<string, TextKey>> = {
  earn: 'entryEarn',
  activate: 'entryActivate',
  hold: 'entryHold',
  release: 'entryRelease',
  spend: 'entrySpend',
  expire: 'entryExpire',
  refund: 'entryRefund',
  reverse: 'entryReverse',
  transfer: 'entryTransfer',
  adjust: 'entryAdjust',
}
const GIFTS: Readonly<Record<string, TextKey>> = {
  welcome: 'entryWelcome',
  birthday: 'entryBirthday',
  referral: 'entryReferral',
}

/** What a customer has, and how it came. Whoever is not linked is asked for its contact. */
export function showBonuses({ pocket, drawQr, askHolds }: Dependencies) {
  function askToLink(turn: Turn): void {
    turn.say('needLink', {}, { keyboard: menuOf(turn) })
  }

  return {
    async balance(turn: Turn): Promise<void> {
      const { projectId, person, locale, text, shop } = turn
      const found = person.customerId === null ? undefined : await pocket.of(projectId, person.customerId)
      if (found === undefined) return askToLink(turn)
      const holds = await pocket.holds.awaiting(projectId, person.customerId!)
      const amount = (decimal: string) => showAmount(locale, decimal)
      const some = (key: TextKey, decimal: string) =>
        Number(decimal) === 0 ? [] : [text(key, { amount: amount(decimal) })]
      turn.sayLines(
        [
          text('balance', {
            balance: amount(found.balance),
            bonuses: inBonuses(locale, found.balance).bonuses,
          }),
          ...some('balancePending', found.pending),
          ...some('balanceHeld', found.held),
          ...some('balanceDebt', found.debt),
          ...(found.tier === null
            ? []
            : [text('balanceTier', { tier: found.tier.name, percent: amount(String(found.tier.percent)) })]),
          ...(found.next === null
            ? []
            : [text('balanceNext', { tier: found.next.name, missing: amount(found.next.missing) })]),
          ...found.expiring.map(({ amount: ending, at }) =>
            text('balanceExpiring', { amount: amount(ending), day: showDay(locale, shop.timeZone, at) }),
          ),
          ...holds.map(({ orderId, code, expiresAt, amount: held }) =>
            text(orderId === null ? 'balanceHoldCart' : 'balanceHold', {
              order: orderId ?? '',
              amount: amount(held),
              code,
              until: showTime(locale, shop.timeZone, expiresAt),
            }),
          ),
        ],
        { keyboard: menuOf(turn) },
      )
      askHolds(turn, holds)
    },

    /** `before`: what a button for earlier lines says. */
    async history(turn: Turn, before?: { at: number; messageId: number | null }): Promise<void> {
      const { projectId, person, locale, text, shop } = turn
      if (person.customerId === null) return askToLink(turn)
      const page = { limit: LINES, before: before?.at }
      const { lines, next } = await pocket.history(projectId, person.customerId, page)
      const shown = lines.map(({ at, kind, amount, reason, orderId }) => {
        const key = GIFTS[reason ?? ''] ?? ENTRIES[kind]
        const what = [
          key === undefined ? kind : turn.label(key),
          ...(orderId === null ? [] : [turn.label('historyOrder', { order: orderId })]),
        ]
        return text('historyLine', {
          day: showDay(locale, shop.timeZone, at),
          amount: showChange(locale, amount),
          what: what.join(', '),
        })
      })
      const all = [text('historyHead'), ...(shown.length === 0 ? [text('historyNone')] : shown)]
      const more = next === null ? [] : [[button(turn.label('buttonEarlier'), { kind: 'history', before: String(next) })]] // prettier-ignore
      if (before === undefined) turn.sayLines(all, more.length === 0 ? {} : { keyboard: { inline: more } })
      else turn.replace(before.messageId, all.join('\n'), { inline: more })
    },

    async invite(turn: Turn): Promise<void> {
      const { projectId, person, locale, text, shop } = turn
      const found = person.customerId === null ? undefined : await pocket.of(projectId, person.customerId)
      if (found === undefined) return askToLink(turn)
      if (found.referral === null) return turn.say('inviteNone', { shop: shop.name })
      const { code, link, invited, earned } = found.referral
      const lines = [
        text('invite', { code }),
        ...(link === null ? [] : [text('inviteLink', { link })]),
        text('inviteCount', { invited, earned: showAmount(locale, earned) }),
      ]
      if (link === null) return turn.sayLines(lines)
      turn.call({ method: 'sendPhoto', pngBase64: await drawQr(link), caption: lines.join('\n') })
    },
  }
}

export type ShowBonuses = ReturnType<typeof showBonuses>
