import type { Identity } from './contact.ts'
import type { Filled } from './profile.ts'

export type Merge = {
  id: string
  from: string
  into: string
  reason: string | null
  mergedAt: Date
  undoneAt: Date | null
}

/** What a merge moved and changed: enough to undo it, and nothing else. */
export type MergeRecord = {
  identities: Identity[]
  profile: Filled
  participants: Record<string, object>
}

export type MergeRefusalCode =
  'merge-same-customer' | 'customer-merged' | 'customer-erased' | 'merge-not-found' | 'merge-not-newest'
