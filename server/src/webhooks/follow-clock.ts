import type { UnitOfWork } from '../kernel/transaction.ts'
import type { EndpointStore } from './ports/endpoint-store.ts'

type Dependencies = { unitOfWork: UnitOfWork; endpoints: EndpointStore; wake: () => void }

/** A sandbox's clock has moved: what has become due goes out. */
export function followClock({ unitOfWork, endpoints, wake }: Dependencies) {
  return async (projectId: string): Promise<void> => {
    await unitOfWork(async (transaction) => {
      const known = await endpoints.lockAll(transaction, [projectId])
      await endpoints.planNext(transaction, known.map(({ id }) => ({ projectId, id }))) // prettier-ignore
    })
    wake()
  }
}
