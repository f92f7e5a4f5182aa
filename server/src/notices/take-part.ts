import type { Transaction } from '../kernel/transaction.ts'
import type { NoticeStore } from './ports/notice-store.ts'

const MOST = 10_000

/** What becomes of a customer's notices when the customer is merged, erased or exported. */
export function takePart({ notices }: { notices: NoticeStore }) {
  return {
    name: 'notices',
    // A notice stays with whom it was written to: moving it would change nothing that is still to be done.
    merge: () => Promise.resolve({}),
    undoMerge: () => Promise.resolve(),
    erase: (
      transaction: Transaction,
      projectId: string,
      { customerId }: { customerId: string; contacts: string[] },
    ) => notices.eraseOf(transaction, projectId, customerId),

    async exportOf(projectId: string, customerId: string) {
      const rows = await notices.listOf(projectId, customerId, MOST + 1)
      return {
        notices: rows.slice(0, MOST).map(({ createdAt, finishedAt, ...notice }) => ({
          ...notice,
          createdAt: createdAt.toISOString(),
          finishedAt: finishedAt?.toISOString() ?? null,
        })),
        truncated: rows.length > MOST,
      }
    },
  }
}
