import { invalid, missing, notFound } from '../api-error.ts'
import { words } from '../arguments.ts'
import { readMultipart } from '../multipart.ts'
import { endpoint, type ApiCall } from './endpoint.ts'

const LONGEST_ADDRESS = 4096

export const UPLOADS = [
  endpoint('POST', 'uploads', upload),
  endpoint('DELETE', 'uploads', ({ todoist, actor, args }) => {
    const file = todoist.files.findByUrl(words(args, 'file_url', LONGEST_ADDRESS))
    if (!file || file.ownerId !== actor.id) throw notFound('File')
    todoist.files.remove(file)
  }),
]

function upload({ todoist, actor, request, body }: ApiCall) {
  const parts = readMultipart(request.headers['content-type'] ?? '', body)
  if (!parts) throw invalid('body', 'multipart/form-data expected')
  const file = parts.find(({ name, fileName }) => name === 'file' || fileName !== undefined)
  if (!file) throw missing('file')
  const named = parts.find(({ name }) => name === 'file_name')?.bytes.toString('utf8')
  return todoist.files.add({
    ownerId: actor.id,
    name: named ?? file.fileName ?? 'file',
    type: file.type ?? 'application/octet-stream',
    bytes: file.bytes,
  }).attachment
}
