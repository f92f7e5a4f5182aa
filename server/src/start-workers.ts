import type { Redis } from './redis/connect.ts'
import { wakeWorker, type WakeQueue, type WakeWorker } from './queue/wake-queue.ts'

type Line = { projectId: string; line: string }

type Dependencies = {
  connection: Redis
  prefix: string
  concurrency: number
  /** Of projects, whose keys are their ids. */
  loyalty: { name: string; queue: WakeQueue; runSlice: (projectId: string) => Promise<boolean> }
  /** Of what goes to and from Telegram and Todoist. */
  bridges: {
    name: string
    queue: WakeQueue
    telegram: { wake: (queue: 'telegram-in' | 'telegram-out', line: Line) => void }
    board: { wake: (queue: string, line: Line) => void }
  }
  onError: (where: string) => (error: unknown) => void
}

/** How a line of a bridge is named in its queue. */
export const keyOfLine = (bridge: string, { projectId, line }: Line): string =>
  `${bridge} ${projectId} ${line}`

/** What takes work out of the queues, a key at a time. */
export function startWorkers({ loyalty, bridges, onError, ...shared }: Dependencies): WakeWorker[] {
  const ofLoyalty = wakeWorker({
    ...shared,
    name: loyalty.name,
    wake: loyalty.queue.wake,
    onError: onError('worker'),
    work: loyalty.runSlice,
  })
  const ofBridges = wakeWorker({
    ...shared,
    name: bridges.name,
    wake: bridges.queue.wake,
    onError: onError('bridge'),
    work: (key) => {
      const [bridge, projectId, line] = key.split(' ') as [string, string, string]
      if (bridge === 'telegram-in' || bridge === 'telegram-out')
        bridges.telegram.wake(bridge, { projectId, line })
      else bridges.board.wake(bridge, { projectId, line })
      return Promise.resolve(false)
    },
  })
  return [ofLoyalty, ofBridges]
}
