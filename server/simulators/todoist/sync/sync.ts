import { invalid } from '../api-error.ts'
import type { Arguments } from '../arguments.ts'
import { RESOURCES, type Resource } from '../changes.ts'
import { opaqueId } from '../opaque-id.ts'
import type { Todoist } from '../todoist.ts'
import { mustMay, type Token } from '../users.ts'
import { changesSince, everything } from './read-changes.ts'
import { readCommands, runCommands, type Command } from './run-commands.ts'

// Tokens of another start of the simulator are as unknown as those of another user.
const START = opaqueId().slice(2, 10)

/** `POST /api/v1/sync`: the commands first, then what has changed, theirs included. */
export function sync(todoist: Todoist, token: Token, args: Arguments) {
  const commands = readCommands(args.commands)
  const wanted = wantedResources(args.resource_types)
  const asked = args.sync_token ?? '*'
  if (typeof asked !== 'string') throw invalid('sync_token')
  const user = todoist.users.find(token.userId)!
  const known = asked === '*' ? undefined : versionIn(asked, user.id)
  const isFull = known === undefined || todoist.changes.since(known) === undefined

  // Commands alone are cheap, whatever their token.
  todoist.budgets.spend(
    user.id,
    isFull && wanted.size > 0 ? 'fullSyncsPer15Minutes' : 'partialSyncsPer15Minutes',
  )
  if (wanted.size > 0) mustMay(token, 'data:read', 'data:read_write')
  const done = commands.length > 0 ? runCommands(todoist, token, user, commands) : undefined
  const changed =
    (known === undefined ? undefined : changesSince(todoist, user, wanted, known)) ??
    everything(todoist, user, wanted)
  return {
    sync_token: `${START}${Buffer.from(`${user.id}.${todoist.changes.version()}`).toString('base64url')}`,
    full_sync: isFull,
    full_sync_date_utc: todoist.clock.timestamp(),
    ...changed,
    temp_id_mapping: done?.temp_id_mapping ?? {},
    ...(done && { sync_status: done.sync_status }),
  }
}

/** The types of the commands, for the faults that look for them. */
export function commandTypes(args: Arguments): string[] {
  try {
    return readCommands(args.commands).map(({ type }: Command) => type)
  } catch {
    return []
  }
}

function versionIn(token: string, userId: string): number | undefined {
  if (!token.startsWith(START)) return undefined
  const [owner, version] = Buffer.from(token.slice(START.length), 'base64url').toString().split('.')
  return owner === userId && /^\d+$/.test(version ?? '') ? Number(version) : undefined
}

function wantedResources(given: unknown): Set<Resource> {
  if (given === undefined || given === null || given === '') return new Set()
  let names: unknown = given
  if (typeof given === 'string') {
    try {
      names = JSON.parse(given)
    } catch {
      throw invalid('resource_types')
    }
  }
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string'))
    throw invalid('resource_types')
  // Resources that the stand-in does not have are simply not there.
  return new Set(
    RESOURCES.filter(
      (name) => (names.includes('all') || names.includes(name)) && !names.includes(`-${name}`),
    ),
  )
}
