import { badRequest, isRefused, notSimulated, refuse, type Refused } from '../answer.ts'
import type { Attachment, FileDetails } from '../attachment.ts'
import type { NewFile, StoredFile } from '../files.ts'
import type { FileType } from '../file-types.ts'
import { attachmentOf, keepFile } from '../keep-file.ts'
import type { Upload } from '../multipart.ts'
import { pictureSize } from '../picture-size.ts'
import { decimal, words, type MethodCall, type Parameters } from './method.ts'

/** A file that the bot sends: one that Telegram has, or bytes that it keeps once the message is accepted. */
export type InputFile = { details: FileDetails } & ({ known: StoredFile } | { fresh: NewFile })

const MEGABYTE = 1024 * 1024
const LARGEST_PHOTO_BYTES = 10 * MEGABYTE
const LARGEST_FILE_BYTES = 50 * MEGABYTE
const LONGEST_SIDES = 10_000
const LARGEST_RATIO = 20
const USUAL_SIZE: Partial<Record<FileType, number>> = { video: 640, sticker: 512, video_note: 384 }

/** Reads `attach://…` or a file_id from `value`; what is known of a file beside its bytes stands in `about`. */
export function readInputFile(
  { telegram, bot, uploads }: MethodCall,
  type: FileType,
  value: unknown,
  about: Parameters,
): InputFile | Refused {
  const source = words(value)
  if (!source) return badRequest(`there is no ${type.replace('_', ' ')} in the request`)
  const performer = words(about.performer)
  const title = words(about.title)
  const emoji = words(about.emoji)
  const details = { ...(performer && { performer }), ...(title && { title }), ...(emoji && { emoji }) }

  if (source.startsWith('attach://')) {
    const upload = uploads.get(source.slice('attach://'.length))
    if (!upload) return badRequest('wrong file identifier/HTTP URL specified')
    const fresh = readUpload(type, upload, about)
    return isRefused(fresh) ? fresh : { details, fresh }
  }
  if (/^https?:\/\//i.test(source)) return notSimulated('sending by URL')
  const known = telegram.files.find(bot.id, source)
  if (!known) return badRequest('wrong file identifier/HTTP URL specified')
  if (known.type !== type)
    return badRequest(`can't use file of type ${titled(known.type)} as ${titled(type)}`)
  return { details, known }
}

export function attach({ telegram, bot }: MethodCall, file: InputFile): Attachment {
  return 'known' in file
    ? attachmentOf(telegram, bot, file.known, file.details)
    : keepFile(telegram, bot, file.fresh, file.details)
}

function readUpload(type: FileType, { fileName, bytes }: Upload, about: Parameters): NewFile | Refused {
  if (bytes.length === 0) return badRequest('file must be non-empty')
  if (bytes.length > LARGEST_FILE_BYTES) return refuse(413, 'Request Entity Too Large')
  if (type === 'photo') return readPhoto(bytes)
  const side = USUAL_SIZE[type] ?? 0
  return {
    type,
    fileName,
    content: bytes,
    width: decimal(about.width) ?? decimal(about.length) ?? side,
    height: decimal(about.height) ?? side,
    durationSeconds: decimal(about.duration) ?? 0,
  }
}

function readPhoto(bytes: Buffer): NewFile | Refused {
  if (bytes.length > LARGEST_PHOTO_BYTES) {
    const sizes = `file of size ${bytes.length} bytes is too big for a photo; the maximum size is ${LARGEST_PHOTO_BYTES} bytes`
    return badRequest(sizes)
  }
  const size = pictureSize(bytes)
  if (!size) return badRequest('IMAGE_PROCESS_FAILED')
  const [short, long] = [Math.min(size.width, size.height), Math.max(size.width, size.height)]
  if (short === 0 || short + long > LONGEST_SIDES || long / short > LARGEST_RATIO) {
    return badRequest('PHOTO_INVALID_DIMENSIONS')
  }
  return { type: 'photo', content: bytes, ...size }
}

function titled(type: FileType): string {
  return type.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
