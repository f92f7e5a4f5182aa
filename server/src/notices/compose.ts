import type { NewId } from '../kernel/ids.ts'
import type { Sql } from '../postgres/sql.ts'
import { postgresNoticeStore } from './adapters/postgres/postgres-notice-store.ts'
import { planNotices } from './plan-notices.ts'
import { sendNotices } from './send-notices.ts'
import { takePart } from './take-part.ts'

export type Notices = ReturnType<typeof composeNotices>

type Dependencies = { sql: Sql; newId: NewId } & Omit<Parameters<typeof planNotices>[0], 'notices'> &
  Omit<Parameters<typeof sendNotices>[0], 'notices'>

export function composeNotices({ sql, newId, ...rest }: Dependencies) {
  const notices = postgresNoticeStore({ sql, newId })
  return {
    plan: planNotices({ notices, ...rest }),
    send: sendNotices({ notices, ...rest }),
    waiting: notices.waiting,
    hurry: notices.hurry,
    participant: takePart({ notices }),
  }
}
