import type { MessageType, StageName } from './message-types.ts'

/** What a project may add to a route or leave out. */
export type Choices = { moderate: boolean; answer: boolean }

const STORING: readonly StageName[] = ['persist', 'change']
const OPTIONAL: ReadonlySet<string> = new Set<keyof Choices>(['moderate', 'answer'])

/** The stages that a message of this type passes in a project of these choices. */
export function routeOf({ route }: MessageType, choices: Choices): ReadonlySet<StageName> {
  return new Set(
    route.flatMap((step) => {
      const name = nameOf(step)
      return step.endsWith('?') && !choices[name as keyof Choices] ? [] : [name]
    }),
  )
}

export function nameOf(step: string): StageName {
  return step.replace('?', '') as StageName
}

/** What is wrong with a table of types; nothing when it may be used. */
export function faultsOf(types: Readonly<Record<string, MessageType>>, known: ReadonlySet<string>): string[] {
  return Object.entries(types).flatMap(([type, { delivery, route, buffer, lines, cost }]) => {
    const say = (what: string) => `${type}: ${what}`
    const names = route.map(nameOf)
    const acknowledged = names.indexOf('acknowledge')
    const stored = names.findIndex((name) => STORING.includes(name))
    return [
      ...(route.length === 0 ? [say('has no stages')] : []),
      ...names.filter((name) => !known.has(name)).map((name) => say(`there is no stage "${name}"`)),
      ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => say(`passes "${name}" twice`)),
      ...route
        .filter((step) => step.endsWith('?') && !OPTIONAL.has(nameOf(step)))
        .map((step) => say(`"${nameOf(step)}" is not for a project to leave out`)),
      ...(delivery === 'durable' && stored === -1 ? [say('is durable and never stored')] : []),
      ...(delivery === 'durable' && acknowledged !== -1 && acknowledged < stored
        ? [say('is durable and acknowledged before it is stored')]
        : []),
      ...(buffer === undefined ? [say('has no buffer policy')] : policyFaults(delivery, buffer).map(say)),
      ...(Number.isInteger(lines) && lines > 0 ? [] : [say('needs at least one line')]),
      ...(cost >= 0 ? [] : [say('cannot cost less than nothing')]),
    ]
  })
}

function policyFaults(
  delivery: MessageType['delivery'],
  { items, bytes, overflow }: MessageType['buffer'],
): string[] {
  const drops = overflow.startsWith('drop') || overflow === 'latest-by-key'
  return [
    ...(items > 0 && bytes > 0 ? [] : ['its buffer holds nothing']),
    ...(delivery === 'durable' && drops ? [`is durable and its buffer may drop (${overflow})`] : []),
    ...(delivery === 'latest-wins' && overflow !== 'latest-by-key'
      ? ['only its newest counts, so its buffer must be latest-by-key']
      : []),
  ]
}
