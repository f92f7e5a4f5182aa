import type { components } from '@tapline/openapi'
import type { Handlers } from '../../../http/handlers.ts'
import { isRefusal } from '../../../kernel/refusal.ts'
import type { Merge } from '../../domain/merge.ts'
import type { eraseCustomer } from '../../erase-customer.ts'
import type { exportCustomer } from '../../export-customer.ts'
import type { mergeCustomers } from '../../merge-customers.ts'
import type { ExportedCustomer } from '../../ports/identity-store.ts'
import type { MergeStore } from '../../ports/merge-store.ts'
import type { undoMerge as undo } from '../../undo-merge.ts'
import { profile as presentCustomer } from './customer-handlers.ts'

type Dependencies = {
  merge: ReturnType<typeof mergeCustomers>
  merges: MergeStore['list']
  undoMerge: ReturnType<typeof undo>
  erase: ReturnType<typeof eraseCustomer>
  export: ReturnType<typeof exportCustomer>
}

type Operations = 'mergeCustomer' | 'listMerges' | 'undoMerge' | 'eraseCustomer' | 'exportCustomer'

const PAGE = 50

export function identityHandlers({
  merge,
  merges,
  undoMerge,
  erase,
  export: exportOf,
}: Dependencies): Pick<Handlers, Operations> {
  return {
    mergeCustomer: async ({ caller: { projectId }, path, body }) => {
      const { from, reason = null } = body
      const merged = await merge(projectId, { from, into: path.customerId, reason })
      return isRefusal(merged) ? merged : { status: 200, body: presentMerge(merged) }
    },

    listMerges: async ({ caller: { projectId }, query }) => {
      const { data, nextCursor } = await merges(
        projectId,
        query.customerId,
        query.limit ?? PAGE,
        query.cursor,
      )
      return { status: 200, body: { data: data.map(presentMerge), nextCursor } }
    },

    undoMerge: async ({ caller: { projectId }, path }) => {
      const undone = await undoMerge(projectId, path.mergeId)
      return isRefusal(undone) ? undone : { status: 200, body: presentMerge(undone) }
    },

    eraseCustomer: async ({ caller: { projectId }, path }) => {
      const erased = await erase(projectId, path.customerId)
      if (isRefusal(erased)) return erased
      return { status: 200, body: { ...erased, erasedAt: erased.erasedAt.toISOString() } }
    },

    exportCustomer: async ({ caller: { projectId }, path }) => {
      const found = await exportOf(projectId, path.customerId)
      if (isRefusal(found)) return found
      const { customer, profile, identities, merges: known, sections, merged } = found
      return {
        status: 200,
        body: {
          customer: { ...presentCustomer(customer), ...presentProfile(profile) },
          identities: identities.map(({ kind, value, createdAt }) => ({
            kind,
            value,
            createdAt: createdAt.toISOString(),
          })),
          merges: known.map(presentMerge),
          sections: sections as components['schemas']['ExportSections'],
          merged: merged.map(({ sections: own, ...one }) => ({
            ...presentProfile(one),
            sections: own as components['schemas']['ExportSections'],
          })),
        },
      }
    },
  }
}

function presentMerge({ mergedAt, undoneAt, ...merge }: Merge): components['schemas']['Merge'] {
  return { ...merge, mergedAt: mergedAt.toISOString(), undoneAt: undoneAt?.toISOString() ?? null }
}

function presentProfile({ createdAt, telegramUnreachable: _unreachable, ...profile }: ExportedCustomer) {
  return { ...profile, createdAt: createdAt.toISOString() }
}
