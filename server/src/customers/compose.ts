import type { NewId } from '../kernel/ids.ts'
import type { Sql } from '../postgres/sql.ts'
import { postgresCustomerStore } from './adapters/postgres/postgres-customer-store.ts'
import { identify } from './identify.ts'

export type Customers = ReturnType<typeof composeCustomers>

export function composeCustomers({ sql, newId }: { sql: Sql; newId: NewId }) {
  const customers = postgresCustomerStore(sql)
  return {
    identify: identify({ customers, newId: () => newId('customer') }),
    updateProfiles: customers.updateProfiles,
    find: customers.find,
    findByIdentity: customers.findByIdentity,
    contactsOf: customers.contactsOf,
    list: customers.list,
    markTelegramUnreachable: customers.markTelegramUnreachable,
  }
}
