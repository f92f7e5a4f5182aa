/** How Telegram shows a file. What does not fit its kind is a document, which anything may be. */
export type FileKind = 'photo' | 'video' | 'audio' | 'voice' | 'document'

/** Source: core.telegram.org/bots/api#sending-files. */
export const MOST_SENT_BYTES = 50 * 1024 * 1024
const MOST_PHOTO_BYTES = 10 * 1024 * 1024

const KINDS: ReadonlyMap<string, FileKind> = new Map([
  ['image/jpeg', 'photo'],
  ['image/png', 'photo'],
  ['image/webp', 'photo'],
  ['video/mp4', 'video'],
  ['audio/mpeg', 'audio'],
  ['audio/mp4', 'audio'],
  ['audio/x-m4a', 'audio'],
  ['audio/ogg', 'voice'],
])

export function fileKind({ type, size }: { type: string; size: number }): FileKind {
  const kind = KINDS.get(type) ?? 'document'
  return kind === 'photo' && size > MOST_PHOTO_BYTES ? 'document' : kind
}
