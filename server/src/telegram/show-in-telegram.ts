import { escapeHtml } from '../kernel/escape-html.ts'
import { htmlOf } from './domain/markdown-to-html.ts'
import { splitHtml } from './domain/split-html.ts'
import type { Locale, Texts } from '../kernel/locale.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { Chat, Chats } from './ports/chats.ts'
import type { Outgoing, Transport } from './ports/transport.ts'

type Kind = 'customer' | 'visitor' | 'agent' | 'bot'

/** What happened in a conversation, as the desk tells it. */
export type Shown = {
  kind: 'said' | 'edited' | 'deleted'
  projectId: string
  conversationId: string
  sequence: number
  messageId: string
  clientId: string
  from: { participantId: string; kind: Kind; name: string | null }
  markdown: string | null
  attachment: { id: string; name: string; size: number } | null
  replyTo: string | null
}

type Dependencies = {
  chats: Chats
  transport: Pick<Transport, 'send'>
}

const MOST_TEXT = 4_096
const MOST_CAPTION = 1_024
/** Where it was said already. */
const FROM_TELEGRAM = 'tg:'

const CORRECTED: Texts = {
  ru: 'Исправление: ',
  en: 'Correction: ',
  kk: 'Түзету: ',
}
const EDITED: Texts = { ru: '(изменено)', en: '(edited)', kk: '(өзгертілді)' }

/** Brings what others say in a conversation to those of it who are in Telegram. */
export function showInTelegram({ chats, transport }: Dependencies) {
  return async (
    transaction: Transaction,
    message: Shown,
    {
      ticketNumber,
      members,
    }: { ticketNumber: number | null; members: readonly { id: string; kind: Kind }[] },
  ): Promise<void> => {
    const { projectId, from, clientId } = message
    const people = members.filter(({ kind }) => kind === 'customer' || kind === 'visitor').map(({ id }) => id)
    const reached = await chats.ofParticipants(transaction, projectId, people)
    const calls = reached
      .filter(
        ({ participantId }) => !(participantId === from.participantId && clientId.startsWith(FROM_TELEGRAM)),
      ) // prettier-ignore
      .flatMap((chat) => callsFor(message, chat, ticketNumber))
    if (calls.length > 0) await transport.send(transaction, calls)
  }
}

function callsFor(message: Shown, chat: Chat, ticketNumber: number | null): Outgoing[] {
  const { projectId, conversationId, messageId, sequence, kind, markdown, attachment, replyTo } = message
  const { chatId } = chat
  const about = { conversationId, messageId }
  const base = { projectId, chatId, about }
  const key = (part: string | number) => `${conversationId}:${sequence}:${part}`
  if (kind === 'deleted')
    return [{ projectId, chatId, key: key('delete'), call: { method: 'delete', of: about } }]
  const head = headOf(message, chat, ticketNumber)
  const body = markdown === null ? '' : htmlOf(markdown)
  if (kind === 'edited') {
    const edited = `${head}${body}\n<i>${EDITED[chat.locale]}</i>`
    const [text] = splitHtml(edited, MOST_TEXT)
    const tooLate = splitHtml(`<i>${CORRECTED[chat.locale]}</i>${head}${body}`, MOST_TEXT)[0]!
    return [
      { projectId, chatId, key: key('edit'), call: { method: 'editText', of: about, text: text!, tooLate } },
    ]
  }
  const replied = replyTo === null ? {} : { replyTo: { conversationId, messageId: replyTo } }
  if (attachment === null)
    return splitHtml(`${head}${body}`, MOST_TEXT).map((text, part) => ({
      ...base,
      key: key(part),
      call: { method: 'sendMessage', text, ...(part === 0 ? replied : {}) },
    }))
  const captions = `${head}${body}` === '' ? [] : splitHtml(`${head}${body}`, MOST_TEXT, MOST_CAPTION)
  const [caption = null, ...more] = captions
  return [
    {
      ...base,
      key: key('file'),
      call: { method: 'sendFile', attachmentId: attachment.id, caption, ...replied },
    },
    ...more.map((text, part): Outgoing => ({
      ...base,
      key: key(`file:${part}`),
      call: { method: 'sendMessage', text },
    })),
  ]
}

/** Who speaks, where it is not plain; and of which request, when it is not the one that they write in. */
function headOf({ from, conversationId }: Shown, chat: Chat, ticketNumber: number | null): string {
  const isOther = chat.conversationId !== null && chat.conversationId !== conversationId
  const number = isOther && ticketNumber !== null ? `#${ticketNumber} ` : ''
  if ([chat.participantId, ...chat.knownAs].includes(from.participantId))
    return `${number}🌐 ${saidOnSite(chat.locale)} `
  const name = from.kind === 'agent' && from.name !== null ? `<b>${escapeHtml(from.name)}</b>` : ''
  return number === '' && name === '' ? '' : `${number}${name}\n`
}

function saidOnSite(locale: Locale): string {
  return { ru: '<i>Вы на сайте:</i>', en: '<i>You on the site:</i>', kk: '<i>Сіз сайтта:</i>' }[locale]
}
