import { customerIdentitySchema } from './customers/adapters/postgres/identity-schema.ts'
import { customersUnreachableSchema } from './customers/adapters/postgres/unreachable-schema.ts'
import { customersSchema } from './customers/adapters/postgres/postgres-schema.ts'
import { idempotencySchema } from './http/postgres-idempotency-schema.ts'
import { inboxSchema } from './inbox/postgres-inbox-schema.ts'
import { loyaltyEngineSchema } from './loyalty/adapters/postgres/postgres-engine-schema.ts'
import { momentsSchema } from './loyalty/adapters/postgres/postgres-moments-schema.ts'
import { bookProofsSchema } from './loyalty/adapters/postgres/postgres-proofs-schema.ts'
import { promoCodesSchema } from './loyalty/adapters/postgres/promo-codes-schema.ts'
import { loyaltySchema } from './loyalty/adapters/postgres/postgres-schema.ts'
import { attachmentsSchema } from './messenger/adapters/postgres/postgres-attachments-schema.ts'
import { heldLinesSchema, linesSchema } from './lines/postgres-lines-schema.ts'
import { pageSchema } from './messenger/adapters/postgres/page-schema.ts'
import { messengerSchema } from './messenger/adapters/postgres/postgres-schema.ts'
import { noticesOfCustomerSchema } from './notices/adapters/postgres/notices-of-customer-schema.ts'
import { noticesOfOwnerSchema } from './notices/adapters/postgres/notices-of-owner-schema.ts'
import { noticesSchema } from './notices/adapters/postgres/postgres-schema.ts'
import { outboxSchema } from './outbox/postgres-outbox-schema.ts'
import type { Migration } from './postgres/migrate.ts'
import { projectsSchema, sandboxSchema } from './projects/adapters/postgres/postgres-schema.ts'
import { boardsSchema } from './support/adapters/postgres/boards-schema.ts'
import { deskSchema } from './support/adapters/postgres/postgres-desk-schema.ts'
import { supportSchema } from './support/adapters/postgres/postgres-schema.ts'
import { telegramCartsSchema } from './telegram/adapters/postgres/carts-schema.ts'
import { telegramPeopleSchema } from './telegram/adapters/postgres/people-schema.ts'
import {
  telegramOwnerSchema,
  telegramSchema,
  telegramTransportSchema,
} from './telegram/adapters/postgres/postgres-schema.ts'
import { ticketsSchema } from './support/adapters/postgres/tickets-schema.ts'
import { webhooksSchema } from './webhooks/adapters/postgres/postgres-schema.ts'

/** All of the database, in the order of the names. A released migration never changes; a new one is added. */
export const MIGRATIONS: readonly Migration[] = [
  projectsSchema,
  inboxSchema,
  customersSchema,
  loyaltySchema,
  outboxSchema,
  noticesSchema,
  telegramSchema,
  idempotencySchema,
  sandboxSchema,
  bookProofsSchema,
  customerIdentitySchema,
  noticesOfCustomerSchema,
  loyaltyEngineSchema,
  momentsSchema,
  noticesOfOwnerSchema,
  webhooksSchema,
  telegramOwnerSchema,
  messengerSchema,
  supportSchema,
  attachmentsSchema,
  linesSchema,
  ticketsSchema,
  boardsSchema,
  telegramTransportSchema,
  telegramPeopleSchema,
  deskSchema,
  customersUnreachableSchema,
  heldLinesSchema,
  pageSchema,
  promoCodesSchema,
  telegramCartsSchema,
]
