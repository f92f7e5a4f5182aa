import { ApiError, invalid, missing } from '../api-error.ts'
import type { Arguments } from '../arguments.ts'
import { LIMITS } from '../limits.ts'
import type { Todoist } from '../todoist.ts'
import { mustMay, type Token, type User } from '../users.ts'
import type { CommandAnswer } from './command-answers.ts'
import { COMMANDS } from './commands.ts'

export interface Command {
  type: string
  uuid: string
  temp_id?: string
  args: Arguments
}

export interface CommandsOutcome {
  sync_status: Record<string, CommandAnswer['status']>
  temp_id_mapping: Record<string, string>
}

/** Each command succeeds or fails by itself; later ones may name what earlier ones made by its temporary id. */
export function runCommands(
  todoist: Todoist,
  token: Token,
  actor: User,
  commands: Command[],
): CommandsOutcome {
  const outcome: CommandsOutcome = { sync_status: {}, temp_id_mapping: {} }
  const failedTempIds = new Set<string>()
  for (const command of commands) {
    const known = todoist.commandAnswers.find(actor.id, command.uuid)
    const answer = known ?? run(todoist, token, actor, command, outcome.temp_id_mapping, failedTempIds)
    // What broke inside was not decided, and may be tried again under the same uuid.
    const isDecided = answer.status === 'ok' || answer.status.http_code < 500
    if (!known && isDecided) todoist.commandAnswers.keep(actor.id, command.uuid, answer)
    outcome.sync_status[command.uuid] = answer.status
    if (answer.tempId === undefined) continue
    if (answer.id === undefined) failedTempIds.add(answer.tempId)
    else outcome.temp_id_mapping[answer.tempId] = answer.id
  }
  return outcome
}

function run(
  todoist: Todoist,
  token: Token,
  actor: User,
  { type, temp_id, args }: Command,
  made: Record<string, string>,
  failed: Set<string>,
): CommandAnswer {
  const answer = (status: CommandAnswer['status'], id?: string): CommandAnswer => ({
    status,
    tempId: temp_id,
    id,
  })
  try {
    const kind = COMMANDS.get(type)
    if (!kind) throw new ApiError(400, 'INVALID_COMMAND', 42, `Unknown command ${type}`)
    mustMay(token, ...kind.scopes)
    const fault = todoist.faults.takeForCommand(type)
    if (fault) throw new ApiError(fault.status ?? 500, 'SCRIPTED', 1, 'Scripted by the simulator')
    return answer('ok', kind.run(todoist, actor, withRealIds(args, made, failed)) ?? undefined)
  } catch (error) {
    if (error instanceof ApiError) return answer(error.body())
    throw error
  }
}

function withRealIds(args: Arguments, made: Record<string, string>, failed: Set<string>): Arguments {
  const real: Arguments = {}
  for (const [name, value] of Object.entries(args)) {
    const isId = typeof value === 'string' && (name === 'id' || name.endsWith('_id'))
    if (isId && failed.has(value)) throw new ApiError(400, 'INVALID_TEMPID', 15, 'Invalid temporary id')
    real[name] = isId && Object.hasOwn(made, value) ? made[value] : value
  }
  return real
}

/** The commands of a request, from JSON or from a field of a form. */
export function readCommands(given: unknown): Command[] {
  if (given === undefined || given === null || given === '') return []
  const list = typeof given === 'string' ? parsed(given) : given
  if (!Array.isArray(list)) throw invalid('commands')
  if (list.length > LIMITS.commands) {
    throw new ApiError(400, 'MAX_COMMANDS_EXCEEDED', 36, `At most ${LIMITS.commands} commands a request`)
  }
  return list.map((each: unknown) => {
    if (typeof each !== 'object' || each === null) throw invalid('commands')
    const { type, uuid, temp_id, args } = each as Record<string, unknown>
    if (typeof type !== 'string') throw missing('type')
    if (typeof uuid !== 'string' || uuid === '') throw missing('uuid')
    if (temp_id !== undefined && typeof temp_id !== 'string') throw invalid('temp_id')
    if (args !== undefined && (typeof args !== 'object' || args === null)) throw invalid('args')
    return { type, uuid, args: (args ?? {}) as Arguments, ...(temp_id !== undefined && { temp_id }) }
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('commands', 'Invalid JSON')
  }
}
