import type { Locale } from '../../kernel/locale.ts'
import type { Transaction, UnitOfWork } from '../../kernel/transaction.ts'
import { writePlain, writeText, type OwnTexts, type TextKey, type Values } from '../domain/texts.ts'
import type { Shop } from '../ports/neighbours.ts'
import type { People, Person, PersonChange } from '../ports/people.ts'
import type { Keyboard, Outgoing, Transport } from '../ports/transport.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  people: Pick<People, 'change'>
  transport: Pick<Transport, 'send' | 'answerPress'>
  shopOf: (projectId: string) => Promise<Shop>
  textsOf: (projectId: string) => Promise<OwnTexts>
}

/** Somebody who speaks. */
export type Speaking = Person & { participantId: string }
type How = { keyboard?: Keyboard; remember?: string }

/** What one update of a private chat brings: said and written down in one transaction at its end. */
export type Turn = {
  projectId: string
  updateId: number
  chatId: string
  person: Speaking
  shop: Shop
  locale: Locale
  own: OwnTexts
  text(key: TextKey, values?: Values): string
  label(key: TextKey, values?: Values): string
  say(key: TextKey, values?: Values, how?: How): void
  sayLines(lines: readonly string[], how?: How): void
  call(call: Outgoing['call'], how?: { remember?: string }): void
  /** Of the message that a button hangs on; said anew where Telegram shows that no more. */
  replace(messageId: number | null, text: string, keyboard?: Keyboard): void
  /** What the little window over a button says. */
  alert(key: TextKey, values?: Values): void
  change(change: PersonChange): void
  /** In the transaction, before what is said is sent. May run again. */
  within(act: (transaction: Transaction) => Promise<void>): void
  /** To somebody else. */
  sendTo(calls: readonly Outgoing[]): void
}

export type OpenTurn = ReturnType<typeof openTurn>

export function openTurn({ unitOfWork, people, transport, shopOf, textsOf }: Dependencies) {
  return async (
    { projectId, updateId, person }: { projectId: string; updateId: number; person: Speaking },
    act: (turn: Turn) => Promise<void>,
    pressId?: string,
  ): Promise<void> => {
    const [shop, own] = await Promise.all([shopOf(projectId), textsOf(projectId)])
    const chatId = person.telegramId
    const acts: ((transaction: Transaction) => Promise<void>)[] = []
    let said: Omit<Outgoing, 'projectId' | 'chatId' | 'key'>[] = []
    let elsewhere: Outgoing[] = []
    let changes: PersonChange = {}
    let answer: { text: string; alert: true } | undefined
    const turn: Turn = {
      projectId,
      updateId,
      chatId,
      person,
      shop,
      own,
      get locale() {
        return turn.person.locale ?? shop.locale
      },
      text: (key, values) => writeText(own, turn.locale, key, values),
      label: (key, values) => writePlain(own, turn.locale, key, values),
      say: (key, values, how) => turn.sayLines([turn.text(key, values)], how),
      sayLines: (lines, { keyboard, remember } = {}) =>
        turn.call(
          {
            method: 'sendMessage',
            text: lines.join('\n'),
            ...(keyboard === undefined ? {} : { keyboard }),
          },
          remember === undefined ? {} : { remember },
        ),
      call: (call, how = {}) => void said.push({ call, ...how }),
      replace: (messageId, text, keyboard) => {
        const and = keyboard === undefined ? {} : { keyboard }
        turn.call(
          messageId === null
            ? { method: 'sendMessage', text, ...and }
            : { method: 'editText', of: messageId, text, tooLate: text, ...and },
        )
      },
      alert: (key, values) => void (answer = { text: turn.label(key, values), alert: true }),
      change: (change) => {
        changes = { ...changes, ...change }
        turn.person = { ...turn.person, ...change } as Speaking
      },
      within: (one) => void acts.push(one),
      sendTo: (calls) => void elsewhere.push(...calls),
    }
    await act(turn)
    const before = { said: [...said], elsewhere: [...elsewhere], changes, answer }
    await unitOfWork(async (transaction) => {
      said = [...before.said]
      elsewhere = [...before.elsewhere]
      ;({ changes, answer } = before)
      for (const one of acts) await one(transaction)
      await people.change(transaction, projectId, person.telegramId, { ...changes, lastUpdateId: updateId })
      const calls = said.map((one, index) => ({
        projectId,
        chatId,
        key: `u:${chatId}:${updateId}:${index}`,
        ...one,
      }))
      if (calls.length + elsewhere.length > 0) await transport.send(transaction, [...calls, ...elsewhere])
    })
    if (pressId !== undefined) transport.answerPress(projectId, pressId, answer)
  }
}
