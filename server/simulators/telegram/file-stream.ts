import { Readable } from 'node:stream'
import type { StoredFile } from './files.ts'

const FILLER = Buffer.alloc(64 * 1024, 'tapline ')

/** The first `most` bytes of a file; those of a filler are made as they are read. */
export function fileStream({ content, sizeBytes }: StoredFile, most = sizeBytes): Readable {
  if (Buffer.isBuffer(content)) return Readable.from([content.subarray(0, most)])
  return Readable.from(filler(most))
}

function* filler(size: number): Generator<Buffer> {
  for (let left = size; left > 0; left -= FILLER.length)
    yield FILLER.subarray(0, Math.min(left, FILLER.length))
}
