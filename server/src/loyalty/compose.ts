import { createHash, randomInt } from 'node:crypto'
import type { NewId } from '../kernel/ids.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import type { Sql } from '../postgres/sql.ts'
import { isUnreachable } from '../postgres/transient.ts'
import { accountHandlers } from './adapters/http/account-handlers.ts'
import { holdHandlers } from './adapters/http/hold-handlers.ts'
import { orderHandlers } from './adapters/http/order-handlers.ts'
import { presentRefusal, presentResult } from './adapters/http/present.ts'
import { programHandlers, type Audit } from './adapters/http/program-handlers.ts'
import { reservationHandlers } from './adapters/http/reservation-handlers.ts'
import { historyFrom } from './domain/judge-tier.ts'
import type { Vault } from '../vault/vault.ts'
import { proofHandlers } from './adapters/http/proof-handlers.ts'
import { postgresBooks } from './adapters/postgres/postgres-books.ts'
import { postgresDailies } from './adapters/postgres/postgres-dailies.ts'
import { postgresEstates } from './adapters/postgres/postgres-estates.ts'
import { postgresLedger } from './adapters/postgres/postgres-ledger.ts'
import { postgresPrograms } from './adapters/postgres/postgres-programs.ts'
import { postgresPromoCodes } from './adapters/postgres/postgres-promo-codes.ts'
import { postgresProofs } from './adapters/postgres/postgres-proofs.ts'
import { postgresSigner } from './adapters/postgres/postgres-signer.ts'
import type { TreeHash } from './domain/merkle-tree.ts'
import { FIRST_RULES } from './domain/program.ts'
import { ALPHABET, newReservation } from './domain/reservation.ts'
import type { Events, People, Projects } from './ports/neighbours.ts'
import type { Alarm } from './ports/proofs.ts'
import type { Work } from './ports/work.ts'
import type { Task } from './decide-slice.ts'
import { adjustByHand } from './adjust-by-hand.ts'
import { answerHold } from './answer-hold.ts'
import { explainEntry } from './explain-entry.ts'
import { quoteOrder } from './quote-order.ts'
import { reserveBonuses } from './reserve-bonuses.ts'
import { proveBooks } from './prove-books.ts'
import { runEngine } from './run-engine.ts'
import { giveBirthdays } from './give-birthdays.ts'
import { settleTime } from './settle-time.ts'
import { takePart } from './take-part.ts'
import { verifyBooks } from './verify-books.ts'

/** More than anybody chooses among. */
const MOST_NOMINALS = 100

export type Loyalty = ReturnType<typeof composeLoyalty>

type Dependencies = {
  sql: Sql
  /** For what is read by its key without a lock: quotes, balances. */
  lookUps: Sql
  unitOfWork: UnitOfWork
  vault: Vault
  newId: NewId
  work: Work
  people: People
  projects: Projects
  events: Events
  readTask: (command: unknown) => Task
  timeZoneOf: (projectId: string) => Promise<string>
  alarm: Alarm
  onFault: (error: unknown, projectId: string, itemId: string) => void
  onSettleFault: (error: unknown, projectId: string, customerId: string) => void
  /** Sandboxes whose clock was moved. */
  shifted: () => Promise<{ projectId: string; clockOffsetMs: number }[]>
  bornOn: (
    projectId: string,
    monthDays: readonly string[],
    limit: number,
    after?: string,
  ) => Promise<string[]>
  onProofFault: (error: unknown, projectId: string) => void
  record: Audit
}

export function composeLoyalty({
  sql,
  lookUps,
  unitOfWork,
  vault,
  newId,
  work,
  people,
  projects,
  events,
  readTask,
  timeZoneOf,
  alarm,
  onFault,
  onSettleFault,
  shifted,
  bornOn,
  onProofFault,
  record,
}: Dependencies) {
  const ledger = postgresLedger({ sql, lookUps })
  const programs = postgresPrograms({ sql, lookUps })
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const proofs = postgresProofs(sql)
  const signer = postgresSigner({ sql, vault })
  const proving = proveBooks({
    unitOfWork,
    books: postgresBooks,
    proofs,
    signer,
    alarm,
    newId,
    sha256,
    treeHash: TREE_HASH,
    timeZoneOf,
    onFault: onProofFault,
  })
  const deciding = {
    people,
    programs,
    ledger,
    events,
    newId,
    newReferralCode,
    sha256,
    present: presentResult,
    presentRefusal,
  }
  const engine = runEngine({
    ...deciding,
    unitOfWork,
    work,
    projects,
    read: readTask,
    isUnreachable,
    onFault,
  })
  const adjust = adjustByHand({ ledger, engine, projects, record })
  const quote = quoteOrder({ ledger, programs, projects })
  const promoCodes = postgresPromoCodes(sql)
  const reserving = reserveBonuses({ engine, promoCodes, newReservation: () => newReservation(randomInt) })
  const explain = explainEntry({ ledger, programs })
  type Edge = Omit<
    Parameters<typeof orderHandlers>[0] &
      Parameters<typeof holdHandlers>[0] &
      Parameters<typeof reservationHandlers>[0] &
      Parameters<typeof programHandlers>[0] &
      Parameters<typeof accountHandlers>[0],
    | 'ledger'
    | 'programs'
    | 'promoCodes'
    | 'reserving'
    | 'holds'
    | 'engine'
    | 'quote'
    | 'explain'
    | 'adjust'
    | 'newId'
    | 'sha256'
  >
  const holds = answerHold({ ledger, engine, projects })
  return {
    /** Of the promo codes that are left to be given. */
    nominalsOf: (projectId: string) => promoCodes.freeNominals(projectId, MOST_NOMINALS),
    engine,
    ledger,
    programs,
    adjust,
    holds,
    handlers: (edge: Edge) => {
      const stores = { ledger, programs, promoCodes }
      const all = { ...edge, ...stores, engine, reserving, holds, quote, explain, adjust, newId, sha256 }
      const { operations, forCustomer } = reservationHandlers(all)
      return {
        forCustomer,
        operations: {
          ...programHandlers(all),
          ...orderHandlers(all),
          ...holdHandlers(all),
          ...operations,
          ...accountHandlers(all),
        },
      }
    },
    /** Accounts by the project's clock, with the days that its tiers look at. */
    standings: async (projectId: string, customerIds: string[]) => {
      const [program, { currency, timeZone, clockOffsetMs }] = await Promise.all([
        programs.current(projectId),
        projects.facts(projectId),
      ])
      const isWindowed = program.tierPolicy.window.kind !== 'all-time'
      const firstDay = isWindowed ? historyFrom(program, timeZone, Date.now() + clockOffsetMs) : 0
      const found = await ledger.accounts(
        projectId,
        customerIds,
        isWindowed ? { timeZone, firstDay } : undefined,
      )
      const standings = new Map(
        [...found].map(([id, standing]) => [id, { ...standing, now: standing.now + clockOffsetMs }]),
      )
      return { standings, program, currency, timeZone }
    },
    settleTime: settleTime({ ledger, engine, shifted, isUnreachable, onFault: onSettleFault }),
    giveBirthdays: giveBirthdays({
      programs,
      projects,
      engine,
      dailies: postgresDailies(sql),
      now: ledger.now,
      bornOn,
      isUnreachable,
      onFault: onSettleFault,
    }),
    participant: takePart({ ...deciding, projects, estates: postgresEstates(sql) }),
    verifyBooks: verifyBooks({ unitOfWork, books: postgresBooks, sha256 }),
    proofs,
    signer,
    proving,
    proofHandlers: proofHandlers({ proofs, signer, start: proving.start }),
    /** What a new project begins with: its first rules, and its place in the nightly proof. */
    equip: async (transaction: Transaction, projectId: string) => {
      await programs.publish(transaction, projectId, FIRST_RULES)
      await proofs.enrol(transaction, projectId)
    },
  }
}

const TREE_HASH: TreeHash = {
  leaf: (line) => createHash('sha256').update(Buffer.of(0)).update(line).digest('hex'),
  node: (left, right) =>
    createHash('sha256').update(Buffer.of(1)).update(left, 'hex').update(right, 'hex').digest('hex'),
  empty: createHash('sha256').digest('hex'),
}

const CODE_LENGTH = 9

function newReferralCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}
