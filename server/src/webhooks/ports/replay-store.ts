import type { Instant } from '../../kernel/clock.ts'
import type { Page } from '../../kernel/page.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { EndpointKey } from './endpoint-store.ts'

export type ReplayStatus = 'failed' | 'held' | 'delivered' | 'never'
export type ReplayFilter = {
  from: Instant | null
  until: Instant
  types: string[]
  statuses: ReplayStatus[]
}
export type Replay = ReplayFilter & {
  projectId: string
  id: string
  endpointId: string
  state: 'running' | 'finished'
  eventsCount: number
  replayedCount: number
  createdAt: Date
  finishedAt: Date | null
}

/** A replay at work: `after` is the position that it has come to. */
export type RunningReplay = Replay & { after: number }

export type ReplayStore = {
  insert(
    transaction: Transaction,
    replay: ReplayFilter & { projectId: string; id: string; endpointId: string },
  ): Promise<Replay>
  find(projectId: string, id: string): Promise<Replay | undefined>
  list(
    projectId: string,
    endpointId: string | undefined,
    limit: number,
    cursor: string | undefined,
  ): Promise<Page<Replay>>
  isRunning(transaction: Transaction, projectId: string, endpointId: string): Promise<boolean>
  /** One whose endpoint can take more, locked; others skip it. */
  lockNext(transaction: Transaction, mostWaiting: number): Promise<RunningReplay | undefined>
  /** The next events that match, in the order in which they were recorded. */
  eventsOf(
    transaction: Transaction,
    replay: RunningReplay,
    limit: number,
  ): Promise<{ id: string; position: number }[]>
  advance(
    transaction: Transaction,
    key: EndpointKey,
    step: { after: number; replayed: number; finished: boolean },
  ): Promise<void>
}
