import { fileAttachment, type Attachment, type FileDetails } from './attachment.ts'
import type { Bot } from './bots.ts'
import type { NewFile, StoredFile } from './files.ts'
import { samplePicture } from './sample-picture.ts'
import type { Telegram } from './telegram.ts'

const THUMBNAIL_SIDE = 90
const thumbnailBytes = samplePicture(THUMBNAIL_SIDE, THUMBNAIL_SIDE)

/** Keeps a file and makes the attachment that shows it; a photo gets the small size that real ones have too. */
export function keepFile(telegram: Telegram, bot: Bot, file: NewFile, details: FileDetails = {}): Attachment {
  return attachmentOf(telegram, bot, telegram.files.add(bot.id, file), details)
}

export function attachmentOf(
  telegram: Telegram,
  bot: Bot,
  file: StoredFile,
  details: FileDetails = {},
): Attachment {
  const hasThumbnail = file.type === 'photo' && Math.max(file.width, file.height) > THUMBNAIL_SIDE
  if (!hasThumbnail) return fileAttachment(file, details)
  const scale = THUMBNAIL_SIDE / Math.max(file.width, file.height)
  const thumbnail = telegram.files.add(bot.id, {
    type: 'photo',
    content: thumbnailBytes,
    width: Math.max(1, Math.round(file.width * scale)),
    height: Math.max(1, Math.round(file.height * scale)),
  })
  return fileAttachment(file, { ...details, thumbnail })
}
