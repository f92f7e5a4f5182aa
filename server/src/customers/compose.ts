import type { NewId } from '../kernel/ids.ts'
import type { UnitOfWork } from '../kernel/transaction.ts'
import type { Sql } from '../postgres/sql.ts'
import { postgresCustomerStore } from './adapters/postgres/postgres-customer-store.ts'
import { postgresIdentityStore } from './adapters/postgres/postgres-identity-store.ts'
import { postgresMergeStore } from './adapters/postgres/postgres-merge-store.ts'
import { eraseCustomer } from './erase-customer.ts'
import { exportCustomer } from './export-customer.ts'
import { findAlike } from './find-alike.ts'
import { findBirthdays } from './find-birthdays.ts'
import { identify } from './identify.ts'
import { mergeCustomers } from './merge-customers.ts'
import type { Audit, Events } from './ports/neighbours.ts'
import type { Participant } from './ports/participants.ts'
import { undoMerge } from './undo-merge.ts'

export type Customers = ReturnType<typeof composeCustomers>

type Dependencies = {
  sql: Sql
  /** For what is read by its key, now and then by many at once. */
  lookUps: Sql
  unitOfWork: UnitOfWork
  newId: NewId
  events: Events
  record: Audit
  participants: () => readonly Participant[]
  settleWaiting: (projectId: string, contacts: string[]) => Promise<number>
}

export function composeCustomers({ sql, lookUps, newId, ...rest }: Dependencies) {
  const customers = postgresCustomerStore({ sql, lookUps })
  const identities = postgresIdentityStore(sql)
  const merges = postgresMergeStore(sql)
  return {
    identify: identify({ customers, newId: () => newId('customer') }),
    updateProfiles: customers.updateProfiles,
    find: customers.find,
    findByIdentity: customers.findByIdentity,
    ownersOf: customers.ownersOf,
    contactsOf: customers.contactsOf,
    list: customers.list,
    reach: customers.reach,
    hold: customers.hold,
    linkTelegram: customers.linkTelegram,
    markTelegramUnreachable: customers.markTelegramUnreachable,
    markTelegramReachable: customers.markTelegramReachable,
    merge: mergeCustomers({ identities, merges, newId: () => newId('merge'), ...rest }),
    undoMerge: undoMerge({ identities, merges, ...rest }),
    merges: merges.list,
    erase: eraseCustomer({ identities, merges, ...rest }),
    export: exportCustomer({ customers, identities, merges, ...rest }),
    alike: findAlike({ identities }),
    bornOn: findBirthdays({ identities }),
  }
}
