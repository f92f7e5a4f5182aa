export interface Part {
  name: string
  fileName: string | undefined
  type: string | undefined
  bytes: Buffer
}

const BLANK_LINE = Buffer.from('\r\n\r\n')

/** The parts of a multipart body; names of files in UTF-8, quoted or not, as clients really send them. */
export function readMultipart(contentType: string, body: Buffer): Part[] | undefined {
  const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? []
  const boundary = quoted ?? bare
  if (!/^multipart\/form-data/i.test(contentType) || boundary === undefined) return undefined

  const line = Buffer.from(`--${boundary}`)
  const next = Buffer.from(`\r\n--${boundary}`)
  const parts: Part[] = []
  let at = body.indexOf(line)
  while (at >= 0) {
    const start = at + line.length
    if (body.subarray(start, start + 2).toString() === '--') return parts
    const end = body.indexOf(next, start)
    const headersEnd = body.indexOf(BLANK_LINE, start)
    if (end < 0 || headersEnd < 0 || headersEnd > end) return undefined
    const part = partOf(body.subarray(start, headersEnd).toString('utf8'), body.subarray(headersEnd + 4, end))
    if (part) parts.push(part)
    at = end + 2
  }
  return undefined
}

function partOf(head: string, bytes: Buffer): Part | undefined {
  const headers = new Map<string, string>()
  for (const each of head.split('\r\n')) {
    const colon = each.indexOf(':')
    if (colon > 0) headers.set(each.slice(0, colon).trim().toLowerCase(), each.slice(colon + 1).trim())
  }
  const disposition = headers.get('content-disposition') ?? ''
  const name = parameter(disposition, 'name')
  if (name === undefined) return undefined
  return {
    name,
    fileName: extended(disposition) ?? parameter(disposition, 'filename'),
    type: headers.get('content-type'),
    // A view would keep the whole request in memory for as long as the file lives.
    bytes: Buffer.from(bytes),
  }
}

/** Browsers and fetch write a quote in a name as %22; others escape it with a backslash. */
function parameter(disposition: string, name: string): string | undefined {
  const quoted = new RegExp(String.raw`;\s*${name}="((?:[^"\\]|\\.)*)"`, 'i').exec(disposition)
  if (quoted) {
    const unescaped = quoted[1]!.replace(/\\(["\\])/g, '$1')
    return unescaped.replace(/%22/g, '"').replace(/%0D/gi, '\r').replace(/%0A/gi, '\n')
  }
  return new RegExp(String.raw`;\s*${name}=([^";]+)`, 'i').exec(disposition)?.[1]?.trim()
}

function extended(disposition: string): string | undefined {
  const [, encoded] = /;\s*filename\*=UTF-8''([^;\s]+)/i.exec(disposition) ?? []
  try {
    return encoded === undefined ? undefined : decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}
