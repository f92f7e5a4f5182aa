import type { Refusal } from '../../kernel/refusal.ts'
import type { ReadingError, ReadingRefusal } from './reading.ts'

/** What became of a request, as the project's log has it. */
export type ItemStatus =
  'accepted' | 'processed' | 'refused' | 'dead' | 'rejected' | 'repeated' | 'flagged' | 'ignored'

export type Allowance = { allowed: boolean; limit: number; remaining: number; resetSeconds: number }

export type Line = {
  line: number
  id?: string
  status: ItemStatus
  repeated?: boolean
  result?: unknown
  refusal?: ReadingRefusal | Refusal
}

export type Outcome = { waited?: boolean } & (
  | {
      refusal: Refusal
      errors?: ReadingError[] | undefined
      inboxItemId?: string
      retryAfterSeconds?: number
    }
  | { id: string; status: ItemStatus; final: boolean; repeated?: boolean; result?: unknown; lines?: Line[] }
)

export type DoorAnswer = Outcome & {
  locale: 'ru' | 'en' | 'kk' | undefined
  allowance?: Allowance | undefined
  /** The storefront takes 200 as success and nothing else. */
  plain?: boolean
}
