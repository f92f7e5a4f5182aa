import type { ChatMessage } from '@tapline/chat'
import { isMine } from './is-mine.ts'
import { tagsOf, type Locale } from './locale.ts'
import { visible } from './visible.ts'

interface Words {
  title: string
  you: string
  shop: string
  deleted: string
  locale: Locale
}

/** A conversation as plain text. */
export function transcriptOf(
  messages: readonly ChatMessage[],
  me: string | undefined,
  { title, you, shop, deleted, locale }: Words,
): string {
  const time = new Intl.DateTimeFormat(tagsOf(locale), { dateStyle: 'medium', timeStyle: 'short' })
  const lines = messages.map(({ sender, text, attachment, createdAt, deletedAt }) => {
    const who = isMine({ sender }, me) ? you : visible(sender?.name ?? shop)
    const said = deletedAt
      ? `(${deleted})`
      : [text, attachment && `[${visible(attachment.name)}]`].filter(Boolean).join(' ')
    return `${time.format(new Date(createdAt))}  ${who}: ${said}`
  })
  return `${title}\n\n${lines.join('\n')}\n`
}

/** Saves a text as a file, without leaving the page. */
export function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/plain;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
