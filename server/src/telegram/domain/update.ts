import type { RawMessage } from './read-message.ts'

export type Sender = {
  id: string
  name: string
  firstName: string
  username: string | null
  language: string | null
}
export type Place = { id: string; isPrivate: boolean }

export type Contact = { phone: string; userId: string | null }

export type Update = { updateId: number; place: Place; from: Sender } & (
  | {
      kind: 'message' | 'edited'
      messageId: number
      text: string | null
      contact: Contact | null
      replyToId: number | null
      message: RawMessage
    }
  /** `messageId` of what the button hangs on; null when Telegram shows it no more. */
  | { kind: 'press'; pressId: string; messageId: number | null; data: string }
  | { kind: 'standing'; isGone: boolean }
)
/** A group became a supergroup. */
export type Move = { kind: 'moved'; updateId: number; from: string; to: string }

type Fields = Readonly<Record<string, unknown>>

const GONE = ['kicked', 'left', 'banned']

/** What is of use in an update; undefined for everything else, and for what bots say. */
export function readUpdate(raw: Fields): Update | Move | undefined {
  const updateId = numberOf(raw.update_id)
  if (updateId === null) return undefined
  const [message, edited] = [fieldsOf(raw.message), fieldsOf(raw.edited_message)]
  const [press, standing] = [fieldsOf(raw.callback_query), fieldsOf(raw.my_chat_member)]
  if (message !== undefined) return moveOf(updateId, message) ?? messageOf(updateId, 'message', message)
  if (edited !== undefined) return messageOf(updateId, 'edited', edited)
  if (press !== undefined) return pressOf(updateId, press)
  return standing === undefined ? undefined : standingOf(updateId, standing)
}

function messageOf(updateId: number, kind: 'message' | 'edited', message: Fields): Update | undefined {
  const [place, from, messageId] = [
    placeOf(message.chat),
    senderOf(message.from),
    numberOf(message.message_id),
  ]
  if (place === undefined || from === undefined || messageId === null) return undefined
  const contact = fieldsOf(message.contact)
  const phone = textOf(contact?.phone_number)
  return {
    updateId,
    place,
    from,
    kind,
    messageId,
    text: textOf(message.text),
    contact: phone === null ? null : { phone, userId: idOf(contact?.user_id) },
    replyToId: numberOf(fieldsOf(message.reply_to_message)?.message_id),
    message: { ...message, message_id: messageId },
  }
}

function pressOf(updateId: number, press: Fields): Update | undefined {
  const [from, pressId, data] = [senderOf(press.from), textOf(press.id), textOf(press.data)]
  if (from === undefined || pressId === null || data === null) return undefined
  const message = fieldsOf(press.message)
  // Without its message it was pressed in a chat that is not told; a press is answered where its person is.
  const place = placeOf(message?.chat) ?? { id: from.id, isPrivate: true }
  return { updateId, place, from, kind: 'press', pressId, data, messageId: numberOf(message?.message_id) }
}

function standingOf(updateId: number, standing: Fields): Update | undefined {
  const [place, from] = [placeOf(standing.chat), senderOf(standing.from)]
  const status = textOf(fieldsOf(standing.new_chat_member)?.status)
  if (place === undefined || from === undefined || status === null) return undefined
  return { updateId, place, from, kind: 'standing', isGone: GONE.includes(status) }
}

function moveOf(updateId: number, message: Fields): Move | undefined {
  const [here, to, before] = [
    placeOf(message.chat)?.id,
    idOf(message.migrate_to_chat_id),
    idOf(message.migrate_from_chat_id),
  ]
  if (here === undefined) return undefined
  if (to !== null) return { kind: 'moved', updateId, from: here, to }
  return before === null ? undefined : { kind: 'moved', updateId, from: before, to: here }
}

function placeOf(value: unknown): Place | undefined {
  const chat = fieldsOf(value)
  const id = idOf(chat?.id)
  return id === null ? undefined : { id, isPrivate: chat!.type === 'private' }
}

function senderOf(value: unknown): Sender | undefined {
  const from = fieldsOf(value)
  const id = idOf(from?.id)
  if (id === null || from!.is_bot === true) return undefined
  const names = [textOf(from!.first_name), textOf(from!.last_name)].map((name) => name?.trim() ?? '')
  const username = textOf(from!.username)
  const fallback = username ?? id
  return {
    id,
    firstName: names[0] === '' ? fallback : names[0]!,
    name: names.filter((name) => name !== '').join(' ') || fallback,
    username,
    language: textOf(from!.language_code),
  }
}

function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
}
function numberOf(value: unknown): number | null {
  return Number.isSafeInteger(value) ? (value as number) : null
}
function idOf(value: unknown): string | null {
  const isId = Number.isSafeInteger(value) || (typeof value === 'string' && /^-?\d{1,20}$/.test(value))
  return isId ? String(value) : null
}
function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
