import { eventually, type Tapline } from './tapline.fixture.ts'

type Button = { text: string; callback_data?: string }
export type Seen = {
  message_id: number
  text?: string
  caption?: string
  photo?: unknown[]
  from?: { is_bot: boolean }
  reply_markup?: { inline_keyboard: Button[][] }
}
export type Phone = ReturnType<typeof openPhone>

let people = 40_000_000
/** A chat is told three things at once, and then one every three seconds. */
const PACED_MS = 20_000

/** Somebody with the bot on a phone: writes, presses what is there to be pressed, and reads what comes. */
export function openPhone(
  { telegram }: Pick<Tapline, 'telegram'>,
  { botId, chatId, ...person }: { botId: number; chatId?: number; firstName?: string; languageCode?: string; phone?: string; username?: string; id?: number }, // prettier-ignore
) {
  const id = person.id ?? ++people
  if (!(person.id !== undefined && telegram.standing({ personId: person.id, botId }) !== 'stranger'))
    try {
      telegram.createPerson({ languageCode: 'en', firstName: 'Anna', ...person, id })
    } catch {
      // The same person has another bot, too.
    }
  const place = { personId: id, botId, ...(chatId === undefined ? {} : { chatId }) }
  const messages = () => telegram.messages({ chatId: chatId ?? id, botId }) as unknown as Seen[]
  const fromBot = () => messages().filter(({ from }) => from?.is_bot === true)
  const wordsOf = ({ text, caption }: Seen) => text ?? caption ?? ''
  const buttonsOf = (message: Seen) => message.reply_markup?.inline_keyboard.flat() ?? []

  return {
    id,
    place,
    messages,
    texts: () => fromBot().map(wordsOf),
    start: (payload?: string) => telegram.pressStart({ personId: id, botId, ...(payload === undefined ? {} : { payload }) }), // prettier-ignore
    says: (text: string, replyTo?: number) =>
      telegram.write({ ...place, text, ...(replyTo === undefined ? {} : { replyTo }) }) as unknown as Seen,
    shares: (contactOf?: number) =>
      telegram.shareContact({ ...place, ...(contactOf === undefined ? {} : { contactOf }) }),
    /** What the bot has said of this, when it has. */
    async reads(words: string | RegExp, withinMs = PACED_MS): Promise<Seen> {
      const fits = (message: Seen) => (typeof words === 'string' ? wordsOf(message).includes(words) : words.test(wordsOf(message))) // prettier-ignore
      const found = await eventually(
        () => Promise.resolve(fromBot()),
        (seen) => seen.some(fits),
        withinMs,
      )
      return found.findLast(fits)!
    },
    /** The newest button that is called so; answers what its little window says. */
    async presses(label: string): Promise<string | undefined> {
      const isIt = ({ text }: Button) => text.includes(label)
      const seen = await eventually(
        () => Promise.resolve(fromBot()),
        (all) => all.some((message) => buttonsOf(message).some(isIt)),
        PACED_MS,
      )
      const message = seen.findLast((one) => buttonsOf(one).some(isIt))!
      const { callback_data: data } = buttonsOf(message).find(isIt)!
      return this.pressesData(data!, message.message_id, false)
    },
    /** Also of what is under no message. */
    async pressesData(data: string, messageId = 1, inaccessible = true): Promise<string | undefined> {
      const { callbackQueryId } = telegram.pressButton({ ...place, messageId, data, inaccessible })
      const answered = await eventually(
        () => Promise.resolve(telegram.answerToPress({ callbackQueryId, botId })),
        (answer) => answer !== undefined,
      )
      return (answered as { text?: string }).text
    },
    labels: () => fromBot().flatMap((message) => buttonsOf(message).map(({ text }) => text)),
  }
}
