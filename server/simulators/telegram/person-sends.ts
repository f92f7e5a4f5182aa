import { plainAttachment, type Attachment } from './attachment.ts'
import type { FileType } from './file-types.ts'
import { keepFile } from './keep-file.ts'
import { detectEntities } from './message-text.ts'
import { newAlbumId } from './new-album-id.ts'
import type { Person } from './people.ts'
import { say, type Placement, type Scene } from './person-writes.ts'
import { pictureSize } from './picture-size.ts'
import { samplePicture } from './sample-picture.ts'
import { FILE_TYPES } from './file-types.ts'

const PLAIN = {
  location: { location: { latitude: 43.238949, longitude: 76.889709 } },
  venue: {
    location: { latitude: 43.238949, longitude: 76.889709 },
    venue: { location: { latitude: 43.238949, longitude: 76.889709 }, title: 'Кофейня', address: 'Абая, 10' },
  },
  contact: { contact: { phone_number: '77010000000', first_name: 'Somebody' } },
  dice: { dice: { emoji: '🎲', value: 4 } },
  poll: {
    poll: {
      id: '1',
      question: '?',
      options: [{ persistent_id: '0', text: '1', voter_count: 0 }],
      total_voter_count: 0,
      is_closed: false,
      is_anonymous: true,
      type: 'regular',
      allows_multiple_answers: false,
    },
  },
  // A kind of message that does not exist yet: whatever reads it finds nothing that it knows.
  future: { hologram: { depth: 3, light: 'soft' } },
} as const

const LONGEST_CAPTION = 1024
const USUAL_SIZES: Partial<Record<FileType, { width: number; height: number }>> = {
  photo: { width: 320, height: 240 },
  video: { width: 640, height: 360 },
  animation: { width: 320, height: 240 },
  sticker: { width: 512, height: 512 },
  video_note: { width: 384, height: 384 },
}
const TIMED: FileType[] = ['video', 'audio', 'voice', 'video_note', 'animation']

/** Without `bytes` a file has `size` bytes that are made up when downloaded, or a few of its own. */
export interface SentItem {
  kind: string
  fileName?: string | undefined
  mimeType?: string | undefined
  bytes?: string | Uint8Array | undefined
  size?: number | undefined
  caption?: string | undefined
}

export function send(scene: Scene, item: SentItem & Placement & { mediaGroupId?: string | undefined }) {
  const caption = item.caption ?? ''
  if (caption.length > LONGEST_CAPTION) throw new Error(`A caption has ${LONGEST_CAPTION} characters at most`)
  const attachment = attachmentFor(scene, item)
  const words = attachment.takesCaption ? { text: caption, entities: detectEntities(caption) } : {}
  return say(scene, item, { attachment, albumId: item.mediaGroupId, ...words })
}

/** Several files at once: as many messages, held together by one media_group_id alone. */
export function sendAlbum(
  scene: Scene,
  { items, caption, ...placement }: Placement & { items: SentItem[]; caption?: string | undefined },
) {
  if (items.length < 2 || items.length > 10) throw new Error('An album has 2 to 10 items')
  const mediaGroupId = newAlbumId()
  return items.map((item, index) =>
    send(scene, {
      ...placement,
      mediaGroupId,
      ...(index === 0 && caption !== undefined && { caption }),
      ...item,
    }),
  )
}

/** Shares a contact: one's own, another person's, or with `of: null` that of somebody who is not on Telegram. */
export function shareContact(
  scene: Scene,
  { of, phone, ...placement }: Placement & { of: Person | null; phone?: string | undefined },
) {
  const contact = {
    phone_number: phone ?? of?.phone ?? '79990000000',
    first_name: of?.firstName ?? 'Somebody',
    ...(of?.lastName && { last_name: of.lastName }),
    ...(of && { user_id: of.id }),
  }
  return say(scene, placement, { attachment: plainAttachment('contact', { contact }) })
}

function attachmentFor(
  { telegram, bot }: Scene,
  { kind, fileName, mimeType, bytes, size }: SentItem,
): Attachment {
  if (kind in PLAIN) return plainAttachment(kind as keyof typeof PLAIN, PLAIN[kind as keyof typeof PLAIN])
  if (!(kind in FILE_TYPES)) throw new Error(`Nobody can send a ${kind}`)
  const type = kind as FileType
  const given = typeof bytes === 'string' ? Buffer.from(bytes, 'base64') : bytes && Buffer.from(bytes)
  const content = given ?? (size === undefined ? usualContent(type) : { sizeBytes: size })
  const picture = Buffer.isBuffer(content) ? pictureSize(content) : undefined
  return keepFile(telegram, bot, {
    type,
    ...(fileName !== undefined ? { fileName } : type === 'document' && { fileName: 'document.txt' }),
    ...(mimeType !== undefined && { mimeType }),
    content,
    ...(picture ?? USUAL_SIZES[type]),
    ...(TIMED.includes(type) && { durationSeconds: 3 }),
  })
}

function usualContent(type: FileType): Buffer {
  return type === 'photo' ? samplePicture() : Buffer.from(`a ${type} of the simulator\n`)
}
