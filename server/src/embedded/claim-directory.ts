import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.ts'

type ClaimRecord = { readonly owner: ProcessIdentity; readonly child: ProcessIdentity | null }

export type Claim = {
  /** What a dead owner before us had started here: it may be running still. */
  readonly leftBehind: ProcessIdentity | undefined
  recordChild(pid: number): void
  release(): void
}

/** Makes this process the only owner of a data directory, also against a live twin; a dead owner's claim passes on. */
export function claimDirectory(directory: string): Claim {
  const self = identifyProcess(process.pid)
  if (self === undefined)
    throw new Error('This process cannot see itself: is /proc mounted, is ps installed?')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, 'claim.json')

  for (let attempt = 0; attempt < 10; attempt++) {
    const dead = removeDead(path, directory)
    const record = { owner: self, child: dead?.child ?? null }
    if (!create(path, record)) continue
    return {
      leftBehind: record.child ?? undefined,
      recordChild: (pid) => replace(path, { owner: self, child: identifyProcess(pid) ?? null }),
      release: () => rmSync(path, { force: true }),
    }
  }
  throw new Error(`${directory} is being claimed by other processes again and again: try once more.`)
}

// Two newcomers may find the same dead owner. Renaming hands the file to one of them; who finds that it has moved
// a living claim instead puts it back.
function removeDead(path: string, directory: string): ClaimRecord | undefined {
  const seen = read(path)
  if (seen === undefined) return undefined
  refuseIfAlive(seen, directory)
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
  } catch {
    return undefined
  }
  const moved = read(aside)
  if (moved !== undefined && moved !== 'unreadable' && isRunning(moved.owner)) {
    if (!tryLink(aside, path))
      throw new Error(`${directory} was claimed by two processes at once: try once more.`)
    rmSync(aside)
    refuseIfAlive(moved, directory)
  }
  rmSync(aside, { force: true })
  return moved === 'unreadable' ? undefined : moved
}

function refuseIfAlive(record: ClaimRecord | 'unreadable', directory: string): void {
  if (record === 'unreadable' || !isRunning(record.owner)) return
  throw new Error(
    `${directory} is in use by process ${record.owner.pid}: stop that one, or give this one another data directory.`,
  )
}

function read(path: string): ClaimRecord | 'unreadable' | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
  try {
    return JSON.parse(text) as ClaimRecord
  } catch {
    // Written by a machine that lost power: nothing of that time is running.
    return 'unreadable'
  }
}

function create(path: string, record: ClaimRecord): boolean {
  const draft = writeDraft(path, record)
  const created = tryLink(draft, path)
  rmSync(draft)
  return created
}

function replace(path: string, record: ClaimRecord): void {
  renameSync(writeDraft(path, record), path)
}

function writeDraft(path: string, record: ClaimRecord): string {
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, JSON.stringify(record), { mode: 0o600 })
  return draft
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}
