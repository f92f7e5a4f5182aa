import { accept, badRequest, isRefused, notSimulated, type Refused } from '../answer.ts'
import type { FileType } from '../file-types.ts'
import type { MessageText } from '../message-entity.ts'
import { readCaption } from '../message-text.ts'
import { newAlbumId } from '../new-album-id.ts'
import { postTo, readDestination, tooSoon } from './destination.ts'
import { attach, readInputFile, type InputFile } from './input-file.ts'
import { structured, type Method, type MethodCall } from './method.ts'

interface Item {
  type: FileType
  file: InputFile
  caption: MessageText
}

const TYPES = ['photo', 'video', 'document', 'audio']
const UNMIXED: FileType[] = ['document', 'audio']
const FEWEST = 2
const MOST = 10

export const sendMediaGroup: Method = (call) => {
  const items = readItems(call)
  if (isRefused(items)) return items
  const destination = readDestination(call)
  if (isRefused(destination)) return destination
  if (destination.markup.inline || destination.markup.below) return notSimulated('reply_markup of albums')
  const refused = tooSoon(call, destination.chat, items.length)
  if (refused) return refused

  const albumId = newAlbumId()
  return accept(
    items.map(({ file, caption }) =>
      postTo(call, destination, { attachment: attach(call, file), albumId, ...caption }),
    ),
  )
}

function readItems(call: MethodCall): Item[] | Refused {
  const media = structured(call.parameters.media)
  if ('malformed' in media) return badRequest("can't parse media JSON object")
  if (!Array.isArray(media.value)) return badRequest('expected an Array of InputMedia')
  if (media.value.length < FEWEST) return badRequest('too few messages to send as an album')
  if (media.value.length > MOST) return badRequest('too many messages to send as an album')

  const items: Item[] = []
  for (const entry of media.value) {
    const item = readItem(call, entry)
    if (isRefused(item)) return item
    items.push(item)
  }
  const types = new Set(items.map(({ type }) => type))
  const odd = UNMIXED.find((type) => types.has(type) && types.size > 1)
  return odd ? badRequest(`${odd} can't be mixed with other media types`) : items
}

function readItem(call: MethodCall, entry: unknown): Item | Refused {
  if (typeof entry !== 'object' || entry === null) return badRequest('expected an Object as InputMedia')
  const about = entry as Record<string, unknown>
  const type = TYPES.find((candidate) => candidate === about.type) as FileType | undefined
  if (!type) return badRequest(`type "${String(about.type)}" can't be used in sendMediaGroup`)
  const file = readInputFile(call, type, about.media, about)
  if (isRefused(file)) return file
  const caption = readCaption(about.caption, about.parse_mode)
  return isRefused(caption) ? caption : { type, file, caption }
}
