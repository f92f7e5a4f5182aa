import type { Transaction } from '../kernel/transaction.ts'
import type { Command } from './domain/command.ts'
import { eraseCommand } from './domain/erase-command.ts'
import { mentions } from './domain/mentions.ts'
import type { Trace, Traces } from './ports/traces.ts'

const PAGE = 500
// A body has up to 64 kB.
const BODIES = 100
const MOST = 10_000

/** What becomes of the log of the door when a customer is merged, erased or exported. */
export function takePart({ traces }: { traces: Traces }) {
  /** Raw bodies go whole: names and addresses stand in them in forms that no mask can be sure of. */
  async function erase(
    transaction: Transaction,
    projectId: string,
    { contacts }: { customerId: string; contacts: string[] },
  ): Promise<void> {
    if (contacts.length === 0) return
    await eachPage(
      PAGE,
      (limit, after) => traces.finished(transaction, projectId, contacts, limit, after),
      async (items) => {
        const blotted = items.map(({ id, command }) => ({
          id,
          command: command === null ? null : eraseCommand(command as Command),
        }))
        await traces.blot(transaction, projectId, blotted)
        const batches = items.flatMap(({ parentId }) => parentId ?? [])
        if (batches.length > 0) await traces.dropBodies(transaction, projectId, [...new Set(batches)])
      },
    )
    await eachPage(
      BODIES,
      (limit, after) => traces.bodies(transaction, projectId, limit, after),
      async (bodies) => {
        const naming = bodies.flatMap(({ id, body }) => (mentions(body, contacts) ? [id] : []))
        if (naming.length > 0) await traces.dropBodies(transaction, projectId, naming)
      },
    )
  }

  return {
    name: 'inbox',
    // Items name people by their contacts, and those move with the customers.
    merge: () => Promise.resolve({}),
    undoMerge: () => Promise.resolve(),
    erase,

    async exportOf(projectId: string, _customerId: string, contacts: string[]) {
      const items: object[] = []
      if (contacts.length > 0) {
        await eachPage(
          PAGE,
          (limit, after) => traces.list(projectId, contacts, limit, after),
          (page) => {
            items.push(...page.map(shown))
            return Promise.resolve(items.length <= MOST)
          },
        )
      }
      return { items: items.slice(0, MOST), truncated: items.length > MOST }
    },
  }
}

/** Until there are no more, or `handle` says false. */
async function eachPage<T extends { id: string }>(
  size: number,
  read: (limit: number, afterId: string) => Promise<T[]>,
  handle: (page: T[]) => Promise<boolean | void>,
): Promise<void> {
  for (let afterId: string | undefined = ''; afterId !== undefined;) {
    const page: T[] = await read(size, afterId)
    const goOn = page.length > 0 && (await handle(page)) !== false
    afterId = goOn && page.length === size ? page.at(-1)!.id : undefined
  }
}

function shown({ receivedAt, finishedAt, ...item }: Trace): object {
  return { ...item, receivedAt: receivedAt.toISOString(), finishedAt: finishedAt?.toISOString() ?? null }
}
