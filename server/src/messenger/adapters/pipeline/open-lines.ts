import { runStages, type Line, type LineMeter, type Stage } from '../../../pipeline/run-stages.ts'
import { refuse } from '../../../kernel/refusal.ts'
import { isRetryable } from '../../../kernel/retryable-error.ts'
import type { Item } from '../../domain/item.ts'
import { MESSAGE_TYPES, type MessageType, type StageName, type TypeName } from '../../domain/message-types.ts'
import { faultsOf, nameOf, routeOf, type Choices } from '../../domain/route.ts'

type Dependencies = {
  stages: Readonly<Record<StageName, Stage<Item>>>
  /** Of a project, as far as known at this moment; everything that may be there, while it is not. */
  choicesOf: (projectId: string) => Choices
  meterOf: (type: TypeName) => LineMeter
  onFault: (error: unknown, stage: string) => void
}

export type Lines = ReturnType<typeof openLines>

/** Lines of stages for every type of message, as the table says. A table that would lose something stops the start. */
export function openLines({ stages, choicesOf, meterOf, onFault }: Dependencies) {
  const types: Readonly<Record<TypeName, MessageType>> = MESSAGE_TYPES
  const faults = faultsOf(types, new Set(Object.keys(stages)))
  if (faults.length > 0) throw new Error(`The table of message types is wrong. ${faults.join('; ')}`)

  const routes = new Map<string, ReadonlySet<StageName>>()
  /** Decided once for a message: a change of the settings in between leaves no half way. */
  function routeOfItem(item: Item): ReadonlySet<StageName> {
    if (item.route !== undefined) return item.route
    const { moderate, answer } = choicesOf(item.projectId)
    const key = `${item.type} ${moderate} ${answer}`
    const route = routes.get(key) ?? routeOf(types[item.type], { moderate, answer })
    routes.set(key, route)
    item.route = route
    return route
  }

  const lines = new Map<TypeName, Line<Item>[]>()
  for (const [type, { route, buffer, lines: count }] of Object.entries(types) as [TypeName, MessageType][])
    lines.set(
      type,
      Array.from({ length: count }, () =>
        runStages<Item>({
          stages: route.map((step) => stages[nameOf(step)]),
          routeOf: routeOfItem,
          policy: buffer,
          weigh: ({ bytes }) => bytes,
          keyOf,
          meter: meterOf(type),
          onDrop: (item, stage, reason) => {
            if (type !== 'monitoring') reportDrop(item, stage, reason)
          },
          onFault: (error, stage, items) => {
            onFault(error, stage)
            // What was stored stays; whoever was told nothing asks again with the same client id.
            const refusal = isRetryable(error)
              ? refuse('unavailable', { retryAfterMs: 1_000 })
              : refuse('internal-error')
            for (const item of items) if (item.stored === undefined) item.reply.refuse(refusal)
          },
        }),
      ),
    )

  const lineOf = ({ type, conversationId }: Item): Line<Item> => {
    const some = lines.get(type)!
    return some.length === 1 ? some[0]! : some[hash(conversationId) % some.length]!
  }

  function reportDrop(item: Item, stage: string, reason: string): void {
    // A newer one has taken its place: that is what the policy is for.
    if (reason === 'replaced') return
    const report = { what: 'dropped', stage, type: item.type, reason }
    const { route: _, ...told } = item
    lineOf({ ...item, type: 'monitoring' }).offer({ ...told, type: 'monitoring', reply: QUIET, report })
  }

  const all = () => [...lines.values()].flat()
  return {
    offer: (item: Item) => {
      item.since ??= performance.now()
      return lineOf(item).offer(item)
    },
    put: (item: Item) => lineOf(item).put(item),
    /** Of the fullest buffer of what may not be dropped. */
    fill: () =>
      Math.max(
        ...[...lines].flatMap(([type, some]) =>
          types[type].delivery === 'durable' ? some.map((line) => line.fill()) : [0],
        ),
      ),
    buffers: () =>
      [...lines].flatMap(([type, some]) =>
        some.flatMap((line) => line.buffers().map((one) => ({ type, ...one }))),
      ),
    stop: async () => void (await Promise.all(all().map((line) => line.stop()))),
  }
}

const QUIET = { acknowledge: () => undefined, refuse: () => undefined }

function keyOf({ type, projectId, conversationId, speaker, sessionId }: Item): string {
  return `${type} ${projectId} ${conversationId} ${speaker.participantId} ${sessionId ?? ''}`
}

function hash(text: string): number {
  let value = 0
  for (let index = 0; index < text.length; index++)
    value = (Math.imul(value, 31) + text.charCodeAt(index)) >>> 0
  return value
}
