import { accept, badRequest } from '../answer.ts'
import type { Method } from './method.ts'

const LARGEST_DOWNLOAD_BYTES = 20 * 1024 * 1024

export const getFile: Method = ({ telegram, bot, parameters }) => {
  const file = telegram.files.find(bot.id, String(parameters.file_id ?? ''))
  if (!file) return badRequest('invalid file_id')
  if (file.sizeBytes > LARGEST_DOWNLOAD_BYTES) return badRequest('file is too big')
  if (file.content === 'dropped') return badRequest('wrong file_id or the file is temporarily unavailable')
  return accept({
    file_id: file.id,
    file_unique_id: file.uniqueId,
    file_size: file.sizeBytes,
    file_path: telegram.files.openLink(file),
  })
}
