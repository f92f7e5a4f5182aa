import { createHash } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import express, { type Response, type Router } from 'express'
import { httpError } from './http-error.ts'

type Bundle = {
  etag: string
  hashed: boolean
  plain: Buffer
  br: Buffer | undefined
  gzip: Buffer | undefined
}
type Shelf = { bundles: ReadonlyMap<string, Bundle>; manifest: Readonly<Record<string, string>> }

const MANIFEST = 'bundles.json'
const SCRIPT = /^[\w-]+\.js$/
const HASHED = /^([\w-]+)-[A-Z0-9]{8}\.js$/
const STABLE_CACHE = 'public, max-age=300, stale-while-revalidate=86400'
const HASHED_CACHE = 'public, max-age=31536000, immutable'
const EMPTY: Shelf = { bundles: new Map(), manifest: {} }

/** The scripts of pages, at /js/. Only what the folder's manifest names is ever read, into memory and whole; a build that replaces it is noticed. */
export function serveBundles({ folder }: { folder: string }): Router {
  const router = express.Router()
  const manifestFile = join(folder, MANIFEST)
  let shelf = { version: -1, read: Promise.resolve(EMPTY) }

  async function current(): Promise<Shelf> {
    const { mtimeMs: version } = await stat(manifestFile).catch(() => ({ mtimeMs: -1 }))
    if (version !== shelf.version) shelf = { version, read: version === -1 ? shelf.read : readShelf(folder) }
    return shelf.read.catch(() => {
      shelf = { version: -1, read: Promise.resolve(EMPTY) }
      return EMPTY
    })
  }

  router.use('/js', (_request, response, next) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('cross-origin-resource-policy', 'cross-origin')
    next()
  })
  router.get('/js/:file', async (request, response) => {
    const { file } = request.params
    const { bundles, manifest } = await current()
    const bundle = bundles.get(file)
    if (bundle !== undefined) return send(response, bundle, request.headers)
    // A page that has kept an older script asks for the panel of its time: it gets today's.
    const [, entry] = HASHED.exec(file) ?? []
    const today =
      entry === undefined || !Object.hasOwn(manifest, `${entry}.js`) ? undefined : manifest[`${entry}.js`]
    if (today !== undefined && today !== file)
      return void response.setHeader('cache-control', 'no-store').redirect(302, `/js/${today}`)
    throw httpError(404, 'not-found')
  })
  return router
}

function send(
  response: Response,
  { etag, hashed, plain, br, gzip }: Bundle,
  asked: { 'accept-encoding'?: string | string[]; 'if-none-match'?: string },
): void {
  response.setHeader('cache-control', hashed ? HASHED_CACHE : STABLE_CACHE)
  response.setHeader('vary', 'accept-encoding')
  response.setHeader('etag', etag)
  if ((asked['if-none-match'] ?? '').split(/,\s*/).some((known) => known.replace(/^W\//, '') === etag))
    return void response.status(304).end()
  const taken = String(asked['accept-encoding'] ?? '')
  const [encoding, bytes] =
    br !== undefined && accepts(taken, 'br')
      ? ['br', br]
      : gzip !== undefined && accepts(taken, 'gzip')
        ? ['gzip', gzip]
        : [undefined, plain]
  if (encoding !== undefined) response.setHeader('content-encoding', encoding)
  response.setHeader('content-type', 'text/javascript; charset=utf-8')
  response.status(200).end(bytes)
}

function accepts(header: string, encoding: string): boolean {
  return header.split(',').some((part) => {
    const [name, ...more] = part.trim().split(/\s*;\s*/)
    return name?.toLowerCase() === encoding && !more.some((one) => /^q=0(\.0*)?$/i.test(one))
  })
}

async function readShelf(folder: string): Promise<Shelf> {
  const manifest = JSON.parse(await readFile(join(folder, MANIFEST), 'utf8')) as Record<string, string>
  const files = [...new Set(Object.values(manifest))].filter((file) => SCRIPT.test(file))
  const read = await Promise.all(
    files.map(async (file) => {
      const [plain, br, gzip] = await Promise.all([
        readFile(join(folder, file)),
        ...['br', 'gz'].map((end) => readFile(join(folder, `${file}.${end}`)).catch(() => undefined)),
      ])
      const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`
      return [file, { etag, hashed: HASHED.test(file), plain, br, gzip }] as const
    }),
  )
  return { bundles: new Map(read), manifest }
}
