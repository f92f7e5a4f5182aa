import type { Page } from '../../kernel/page.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import type { Endpoint, EndpointSecret } from '../domain/endpoint.ts'

export type EndpointKey = { projectId: string; id: string }
export type LockedEndpoint = Endpoint & { secrets: EndpointSecret[] }
export type ShownEndpoint = Endpoint & { heldCount: number; secretPreviousExpiresAt: Date | null }

export type EndpointStore = {
  insert(
    transaction: Transaction,
    endpoint: Pick<
      Endpoint,
      'projectId' | 'id' | 'url' | 'description' | 'events' | 'status' | 'disabledBecause' | 'health'
    > & {
      secrets: EndpointSecret[]
    },
  ): Promise<void>
  /** Locks the project's place for endpoints: of two who come at once the second sees what the first made. */
  count(transaction: Transaction, projectId: string): Promise<number>
  find(projectId: string, id: string): Promise<ShownEndpoint | undefined>
  list(projectId: string, limit: number, cursor: string | undefined): Promise<Page<ShownEndpoint>>
  lock(transaction: Transaction, projectId: string, id: string): Promise<LockedEndpoint | undefined>
  write(
    transaction: Transaction,
    key: EndpointKey,
    change: Pick<Endpoint, 'url' | 'description' | 'events' | 'status' | 'disabledBecause' | 'health'>,
  ): Promise<void>
  writeSecrets(transaction: Transaction, key: EndpointKey, secrets: EndpointSecret[]): Promise<void>
  /** From now on nobody sees it. */
  remove(transaction: Transaction, projectId: string, id: string): Promise<boolean>
  /** A piece of what removed endpoints have left; answers how many deliveries. */
  forgetRemoved(limit: number): Promise<number>
  /** All of these projects, locked in id order. */
  lockAll(transaction: Transaction, projectIds: string[]): Promise<Endpoint[]>
  /** Of locked endpoints: the clock is that of their project by now, and they are looked at when there is something for them. */
  planNext(transaction: Transaction, endpoints: EndpointKey[]): Promise<void>
  /** How many are failing or switched off by themselves, over all projects. */
  troubled(): Promise<{ failing: number; disabled: number }>
  /** What waits of a project, and how many of its endpoints do not answer. */
  waiting(projectId: string): Promise<{ waiting: number; failing: number }>
}
