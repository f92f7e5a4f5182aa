import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  lchownSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Prefix } from './choose-prefix.ts'

const run = promisify(execFile)
const DRAFT = 'cluster.draft-'

export type Cluster = { readonly directory: string; readonly password: string }

/**
 * The database cluster of a data directory, made at the first start. It appears under its name complete or not at
 * all: initdb works in a draft beside it, and drafts of starts that were killed are swept away.
 */
export async function createCluster(settings: {
  dataDirectory: string
  initdb: string
  prefix: Prefix
  env: Readonly<Record<string, string>>
}): Promise<Cluster> {
  const { dataDirectory, prefix } = settings
  const directory = join(dataDirectory, 'cluster')
  const passwordFile = join(dataDirectory, 'password')
  for (const name of readdirSync(dataDirectory)) {
    if (name.startsWith(DRAFT))
      rmSync(join(dataDirectory, name), { recursive: true, force: true, maxRetries: 5 })
  }

  const exists = existsSync(directory)
  const password = readPassword(passwordFile)
  if (exists && password === undefined) {
    throw new Error(`${passwordFile} is missing, and ${directory} cannot be opened without it: put it back.`)
  }
  if (!exists && password === undefined) writeAtOnce(passwordFile, randomBytes(24).toString('base64url'))
  handOver(dataDirectory, prefix.uid)
  if (exists && password !== undefined) return { directory, password }

  const draft = join(dataDirectory, DRAFT + randomBytes(6).toString('hex'))
  const command = [
    ...prefix.words,
    settings.initdb,
    `--pgdata=${draft}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Sorts by code point, as locale C, yet lower() and ILIKE know more letters than ASCII's.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
  const [file = '', ...args] = command
  try {
    await run(file, args, { cwd: dataDirectory, env: settings.env, timeout: 120_000 })
  } catch (cause) {
    rmSync(draft, { recursive: true, force: true, maxRetries: 5 })
    const { stderr, message } = cause as { stderr?: string; message: string }
    throw new Error(`initdb could not make ${directory}: ${stderr?.trim() || message}`, { cause })
  }
  renameSync(draft, directory)
  syncDirectory(dataDirectory)
  return { directory, password: readFileSync(passwordFile, 'utf8') }
}

function readPassword(path: string): string | undefined {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  return text === '' ? undefined : text
}

function writeAtOnce(path: string, text: string): void {
  const draft = `${path}.draft`
  rmSync(draft, { force: true })
  writeFileSync(draft, text, { mode: 0o600, flush: true })
  renameSync(draft, path)
}

// Root owns the files where user namespaces are allowed, nobody where they are not. A machine may change sides;
// the files of an ordinary user are never taken from them.
function handOver(dataDirectory: string, uid: number): void {
  const owner = statSync(dataDirectory).uid
  if (owner === uid) return
  if (process.getuid?.() !== 0 || ![0, 65534].includes(owner)) {
    throw new Error(
      `${dataDirectory} belongs to uid ${owner}: start as that user, or use another data directory.`,
    )
  }
  for (const entry of readdirSync(dataDirectory, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(dataDirectory, entry), uid, uid)
  }
  lchownSync(dataDirectory, uid, uid)
}

function syncDirectory(path: string): void {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
