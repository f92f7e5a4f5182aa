import { randomUUID } from 'node:crypto'
import type { UploadedFile } from '../../ports/bots.ts'

/** A form with one file, written while it is sent. File names keep their letters: UTF-8 in quotes, as browsers write them. */
export function multipart(
  fields: Record<string, unknown>,
  file: UploadedFile,
): { contentType: string; body: AsyncIterable<Uint8Array> } {
  const boundary = `----${randomUUID()}`
  const encoder = new TextEncoder()
  async function* body() {
    for (const [name, value] of Object.entries(fields)) {
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      if (text !== undefined)
        yield encoder.encode(
          `--${boundary}\r\ncontent-disposition: form-data; name="${escaped(name)}"\r\n\r\n${text}\r\n`,
        )
    }
    yield encoder.encode(
      `--${boundary}\r\ncontent-disposition: form-data; name="${escaped(file.field)}"; filename="${escaped(file.name)}"\r\n` +
        `content-type: ${file.type}\r\n\r\n`,
    )
    yield* file.bytes
    yield encoder.encode(`\r\n--${boundary}--\r\n`)
  }
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: body() }
}

function escaped(name: string): string {
  return name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}
