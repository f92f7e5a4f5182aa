export interface Upload {
  fileName: string
  bytes: Buffer
}

export interface MultipartForm {
  fields: Record<string, string>
  files: Map<string, Upload>
}

const LINE = Buffer.from('\r\n')
const BLANK_LINE = Buffer.from('\r\n\r\n')

/**
 * Reads multipart/form-data as clients of Telegram really write it: header names in any case, no space after colons and
 * semicolons, file names without quotes whatever they contain. Undefined when the body is cut or has no boundary.
 */
export function readMultipart(body: Buffer, contentType: string): MultipartForm | undefined {
  const boundary = boundaryOf(contentType)
  if (!boundary) return undefined
  const first = Buffer.from(`--${boundary}`)
  const between = Buffer.from(`\r\n--${boundary}`)
  const form: MultipartForm = { fields: {}, files: new Map() }

  const opening = body.indexOf(first)
  if (opening < 0) return undefined
  let at = opening + first.length
  while (!startsWith(body, at, '--')) {
    const head = body.indexOf(LINE, at)
    const end = body.indexOf(between, at)
    if (head < 0 || end < 0) return undefined
    keepPart(body, head + LINE.length, end, form)
    at = end + between.length
  }
  return form
}

function keepPart(body: Buffer, start: number, end: number, form: MultipartForm): void {
  const blank = body.indexOf(BLANK_LINE, start)
  if (blank < 0 || blank > end) return
  const disposition = /^content-disposition[ \t]*:(.*)$/im.exec(body.toString('utf8', start, blank))?.[1]
  if (disposition === undefined) return
  const name = attribute(disposition, 'name')
  if (name === undefined) return
  const content = body.subarray(blank + BLANK_LINE.length, end)
  const fileName = attribute(disposition, 'filename')
  if (fileName === undefined) form.fields[name] = content.toString('utf8')
  // A copy, so that a small file does not keep a large body alive.
  else form.files.set(name, { fileName, bytes: Buffer.from(content) })
}

function attribute(disposition: string, name: string): string | undefined {
  const quoted = new RegExp(`;[ \\t]*${name}="((?:\\\\.|[^"\\\\])*)"[ \\t\\r]*(?:;|$)`, 'i').exec(disposition)
  if (quoted) return quoted[1]!.replace(/\\(["\\])/g, '$1').replace(/%22/g, '"')
  // Without quotes a name ends where another attribute begins or the line ends, and nowhere before.
  return new RegExp(`;[ \\t]*${name}=(.*?)[ \\t\\r]*(?:;[ \\t]*(?:file)?name\\*?=|$)`, 'i').exec(
    disposition,
  )?.[1]
}

function boundaryOf(contentType: string): string | undefined {
  const found = /;[ \t]*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)
  return found?.[1] ?? found?.[2]
}

function startsWith(body: Buffer, at: number, text: string): boolean {
  return body.toString('latin1', at, at + text.length) === text
}
