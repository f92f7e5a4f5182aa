import type { ChatMessage } from '@tapline/chat'

/**
 * Whether the shopper has said it. Whoever went on in Telegram, or signed in elsewhere, said the earlier part as the visitor of
 * a page: those words are not the shop's.
 */
export const isMine = ({ sender }: Pick<ChatMessage, 'sender'>, me: string | undefined): boolean =>
  !sender || sender.id === me || sender.kind === 'visitor'
