import type { UnitOfWork } from '../kernel/transaction.ts'
import type { EndpointStore } from './ports/endpoint-store.ts'
import type { Projects } from './ports/neighbours.ts'

type Dependencies = { unitOfWork: UnitOfWork; endpoints: EndpointStore; projects: Projects; wake: () => void }

/** A sandbox's clock has moved: what has become due goes out. */
export function followClock({ unitOfWork, endpoints, projects, wake }: Dependencies) {
  return async (projectId: string): Promise<void> => {
    const { clockOffsetMs } = await projects.facts(projectId)
    await unitOfWork(async (transaction) => {
      const known = await endpoints.lockAll(transaction, [projectId])
      await endpoints.planNext(transaction, known.map(({ id }) => ({ projectId, id, clockOffsetMs }))) // prettier-ignore
    })
    wake()
  }
}
