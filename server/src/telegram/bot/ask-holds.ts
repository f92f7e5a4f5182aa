import type { Locale } from '../../kernel/locale.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { showBonuses, showTime } from '../domain/show-amount.ts'
import { writePlain, writeText, type OwnTexts, type TextKey } from '../domain/texts.ts'
import type { Hold, Pocket, Shop } from '../ports/neighbours.ts'
import type { People } from '../ports/people.ts'
import type { Prompt, Prompts, PromptState } from '../ports/prompts.ts'
import type { Keyboard, Outgoing, Transport } from '../ports/transport.ts'
import { button } from './menu.ts'
import type { Turn } from './open-turn.ts'

export type PlannedEvent = { projectId: string; id: string; type: string; payload: Record<string, unknown> }

type Dependencies = {
  people: Pick<People, 'ofCustomer' | 'find'>
  prompts: Prompts
  pocket: Pick<Pocket, 'holds'>
  transport: Pick<Transport, 'send'>
  shopOf: (projectId: string) => Promise<Shop>
  textsOf: (projectId: string) => Promise<OwnTexts>
  /** Four digits that stand on the page too. */
  codeOf: (holdId: string) => string
  money: (minor: number, currency: string) => string
}

type Reader = { own: OwnTexts; locale: Locale; shop: Shop }
type Ended = Exclude<PromptState, 'asked'>
const ENDED: Readonly<Record<Ended, TextKey>> = {
  confirmed: 'holdConfirmed',
  declined: 'holdDeclined',
  expired: 'holdExpired',
  released: 'holdReleased',
}
const ENDED_OF_CART: Readonly<Record<Ended, TextKey>> = {
  confirmed: 'holdConfirmedCart',
  declined: 'holdDeclinedCart',
  expired: 'holdExpiredCart',
  released: 'holdReleasedCart',
}

const STATE_AFTER = { confirm: 'confirmed', decline: 'declined' } as const

/** Whoever owns the bonuses is asked before they are spent; only an account that was proven is, never one that a shop merely named. */
export function askHolds(dependencies: Dependencies) {
  const { people, prompts, pocket, transport, shopOf, textsOf, codeOf, money } = dependencies
  const nameOf = (holdId: string) => `hold:${holdId}`

  function question(
    hold: Omit<Hold, 'state' | 'currency' | 'customerId'>,
    { own, locale, shop }: Reader,
  ): { text: string; keyboard: Keyboard } {
    const { holdId, orderId, amount, code, expiresAt } = hold
    const until = showTime(locale, shop.timeZone, expiresAt)
    const text = writeText(own, locale, orderId === null ? 'holdAskCart' : 'holdAsk', {
      ...showBonuses(locale, amount),
      ...{ order: orderId ?? '', shop: shop.name, code, until },
    })
    const confirm = button(writePlain(own, locale, 'buttonConfirm'), { kind: 'confirm', holdId })
    const decline = button(writePlain(own, locale, 'buttonDecline'), { kind: 'decline', holdId })
    return { text, keyboard: { inline: [[confirm, decline]] } }
  }

  async function planHeld(transaction: Transaction, { projectId, payload }: PlannedEvent): Promise<void> {
    const { customerId, holdId, reservation, amountMinor, currency, expiresAt } = payload as {
      customerId: string
      holdId: string
      reservation?: string | null
      amountMinor: number
      currency: string
      expiresAt: number
    }
    const person = await people.ofCustomer(transaction, projectId, customerId)
    if (person === undefined || person.blocked !== null) return
    const { telegramId } = person
    const amount = money(amountMinor, currency)
    const orderId = payload.orderId === reservation ? null : String(payload.orderId)
    if (!(await prompts.add(transaction, { projectId, holdId, telegramId, customerId, orderId, amount })))
      return
    const [shop, own] = await Promise.all([shopOf(projectId), textsOf(projectId)])
    const hold = { holdId, orderId, amount, code: codeOf(holdId), expiresAt: new Date(expiresAt) }
    const asked = question(hold, { own, shop, locale: person.locale ?? shop.locale })
    await transport.send(transaction, [
      {
        projectId,
        chatId: telegramId,
        key: `${nameOf(holdId)}:${telegramId}`,
        remember: nameOf(holdId),
        call: { method: 'sendMessage', ...asked },
      },
    ])
  }

  async function planEnd(
    transaction: Transaction,
    { projectId, payload }: PlannedEvent,
    state: 'expired' | 'released',
  ): Promise<void> {
    const holdId = String(payload.holdId)
    const prompt = await prompts.settle(transaction, projectId, holdId, state)
    if (prompt === undefined) return
    const person = await people.find(projectId, prompt.telegramId)
    const [shop, own] = await Promise.all([shopOf(projectId), textsOf(projectId)])
    const call = ended(prompt, state, { own, shop, locale: person?.locale ?? shop.locale })
    await transport.send(transaction, [
      { projectId, chatId: prompt.telegramId, key: `${nameOf(holdId)}:${state}`, call },
    ])
  }

  function endedText(
    { orderId, amount }: Pick<Prompt, 'orderId' | 'amount'>,
    state: Ended,
    { own, locale, shop }: Reader,
  ): string {
    return writeText(own, locale, (orderId === null ? ENDED_OF_CART : ENDED)[state], {
      ...showBonuses(locale, amount),
      ...{ order: orderId ?? '', shop: shop.name },
    })
  }

  function ended(
    prompt: Pick<Prompt, 'holdId' | 'orderId' | 'amount'>,
    state: Ended,
    reader: Reader,
    messageId: number | null = null,
  ): Outgoing['call'] {
    const text = endedText(prompt, state, reader)
    const of = messageId ?? { remembered: nameOf(prompt.holdId) }
    return { method: 'editText', of, text, keyboard: { inline: [] } }
  }

  return {
    /** A sink of the outbox. */
    async plan(transaction: Transaction, events: readonly PlannedEvent[]): Promise<void> {
      const expired = new Set(
        events.flatMap(({ type, payload }) => (type === 'hold.expired' ? [payload.holdId] : [])),
      )
      for (const event of events) {
        const { type, payload } = event
        if (type === 'bonus.held' && payload.awaitsConfirmation === true) await planHeld(transaction, event)
        else if (type === 'hold.expired') await planEnd(transaction, event, 'expired')
        // Freed because its time is over: told as that.
        else if (type === 'bonus.released' && !expired.has(payload.holdId))
          await planEnd(transaction, event, 'released')
      }
    },

    /** Those that wait for whoever speaks and was not asked: it was not linked when they were made. */
    ask(turn: Turn, holds: readonly Hold[]): void {
      const { projectId, chatId, person } = turn
      for (const hold of holds) {
        const { holdId, orderId } = hold
        const about = { projectId, holdId, telegramId: chatId, customerId: person.customerId!, orderId }
        const amount = hold.amount
        turn.within(async (transaction) => {
          if (!(await prompts.add(transaction, { ...about, amount }))) return
          turn.call({ method: 'sendMessage', ...question(hold, turn) }, { remember: nameOf(holdId) })
        })
      }
    },

    /** Answered together with a link; undefined: it was over by then. Answers what to say of it. */
    async answerLinked(
      turn: Turn,
      kind: 'confirm' | 'decline',
      { holdId, customerId }: { holdId: string; customerId: string },
    ): Promise<string | undefined> {
      const { projectId, chatId, own, locale, shop } = turn
      const hold = await pocket.holds[kind](projectId, holdId, customerId)
      if (isRefusal(hold)) return undefined
      const state = STATE_AFTER[kind]
      const { orderId, amount } = hold
      turn.within(async (transaction) => {
        await prompts.add(transaction, { projectId, holdId, telegramId: chatId, customerId, orderId, amount })
        await prompts.settle(transaction, projectId, holdId, state)
      })
      return endedText(hold, state, { own, locale, shop })
    },

    /** A button under a question; somebody else's hold is not there. */
    async answer(
      turn: Turn,
      { kind, holdId }: { kind: 'confirm' | 'decline'; holdId: string },
      messageId: number | null,
    ): Promise<void> {
      const { projectId, person } = turn
      if (person.customerId === null) return turn.alert('alertHoldForeign')
      const prompt = await prompts.find(projectId, holdId)
      const answered = await pocket.holds[kind](projectId, holdId, person.customerId)
      if (isRefusal(answered)) {
        if (answered.refused === 'hold-not-found') return turn.alert('alertHoldForeign')
        return late(turn, holdId, messageId)
      }
      const state = STATE_AFTER[kind]
      if (prompt?.state === state)
        return turn.alert(kind === 'confirm' ? 'alertHoldConfirmed' : 'alertHoldDeclined')
      finish(turn, answered, state, messageId)
    },
  }

  async function late(turn: Turn, holdId: string, messageId: number | null): Promise<void> {
    const { projectId } = turn
    const hold = await pocket.holds.find(projectId, holdId)
    if (hold === undefined) return turn.alert('alertHoldForeign')
    if (hold.state === 'active' || hold.state === 'captured') {
      turn.alert('alertHoldConfirmed')
      return finish(turn, hold, 'confirmed', messageId)
    }
    if (hold.state === 'voided') {
      const prompt = await prompts.find(projectId, holdId)
      if (prompt?.state === 'declined') return turn.alert('alertHoldDeclined')
      turn.alert('alertHoldLate')
      return finish(turn, hold, 'released', messageId)
    }
    turn.alert('alertHoldLate')
    finish(turn, hold, 'expired', messageId)
  }

  function finish(
    turn: Turn,
    hold: Pick<Hold, 'holdId' | 'orderId' | 'amount'>,
    state: Ended,
    messageId: number | null,
  ): void {
    turn.within(async (transaction) => {
      await prompts.settle(transaction, turn.projectId, hold.holdId, state)
    })
    turn.call(ended(hold, state, turn, messageId))
  }
}

export type AskHolds = ReturnType<typeof askHolds>
