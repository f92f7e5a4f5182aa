import type { UnitOfWork } from '../kernel/transaction.ts'
import type { AddToLine } from '../kernel/line.ts'
import { whileHolding } from '../kernel/while-holding.ts'
import type { BotApi, Bots, Polled } from './ports/bots.ts'
import { isUpdate, itemOf, type RawUpdate } from './receive-updates.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  bots: Pick<Bots, 'takePolled' | 'holdPolled' | 'advance' | 'releasePolled' | 'setProblem'>
  api: Pick<BotApi, 'updates'>
  add: AddToLine<RawUpdate>
  /** Of this process. */
  holder: string
  onFault: (error: unknown) => void
}

const MOST_BOTS = 100
const POLL_SECONDS = 25
const HOLD_MS = 15_000
const PAUSES_MS = [1_000, 2_000, 5_000, 15_000, 60_000]

/** Asks for the updates of bots that have no public address to be told at. A bot is asked by one process at a time. */
export function pollUpdates({ unitOfWork, bots, api, add, holder, onFault }: Dependencies) {
  const polls = new Map<string, Promise<void>>()
  const stopping = new AbortController()

  async function poll(polled: Polled, lost: AbortSignal): Promise<void> {
    const { projectId, botId, token } = polled
    let { offset } = polled
    let failures = 0
    const ended = AbortSignal.any([stopping.signal, lost])
    while (!ended.aborted) {
      const answer = await api.updates(token, offset, POLL_SECONDS, ended)
      if (ended.aborted) return
      if (answer.outcome === 'done') {
        if (failures > 0) await bots.setProblem(projectId, null)
        failures = 0
        const updates = (answer.result as unknown[]).filter(isUpdate)
        if (updates.length > 0) {
          const next = updates.at(-1)!.update_id + 1
          const isOurs = await unitOfWork(async (transaction) => {
            // What a bot heard that was replaced meanwhile is not for the one that replaced it.
            if (!(await bots.advance(transaction, polled, next))) return false
            await add(transaction, updates.map((update) => itemOf(projectId, botId, update))) // prettier-ignore
            return true
          })
          if (!isOurs) return
          offset = next
        }
      } else {
        const told = answer.outcome === 'retry' ? answer.afterMs : undefined
        if (answer.outcome !== 'moved') await bots.setProblem(projectId, answer.why)
        await pause(told ?? PAUSES_MS[Math.min(failures++, PAUSES_MS.length - 1)]!, ended)
      }
      if (!(await bots.holdPolled(holder, polled, HOLD_MS))) return
    }
  }

  const pause = (forMs: number, ended: AbortSignal) =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer)
        ended.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, forMs)
      ended.addEventListener('abort', end)
    })

  return {
    /** Begins with those that nobody asks for. */
    async look(): Promise<boolean> {
      if (stopping.signal.aborted || polls.size >= MOST_BOTS) return false
      for (const polled of await bots.takePolled(holder, MOST_BOTS - polls.size, HOLD_MS)) {
        const { botKey } = polled
        const lost = new AbortController()
        polls.set(
          botKey,
          whileHolding({
            everyMs: HOLD_MS / 3,
            holdOn: async () => {
              if (!(await bots.holdPolled(holder, polled, HOLD_MS))) lost.abort()
            },
            work: () => poll(polled, lost.signal),
          })
            .catch(onFault)
            .then(() => bots.releasePolled(holder, polled))
            .catch(onFault)
            .finally(() => polls.delete(botKey)),
        )
      }
      return false
    },
    async stop(): Promise<void> {
      stopping.abort()
      await Promise.all(polls.values())
    },
  }
}
