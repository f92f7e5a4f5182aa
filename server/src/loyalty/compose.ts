import { createHash, randomInt } from 'node:crypto'
import type { NewId } from '../kernel/ids.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import type { Sql } from '../postgres/sql.ts'
import { isUnreachable } from '../postgres/transient.ts'
import { presentRefusal, presentResult } from './adapters/http/present.ts'
import { postgresLedger } from './adapters/postgres/postgres-ledger.ts'
import { postgresPrograms } from './adapters/postgres/postgres-programs.ts'
import { FIRST_RULES } from './domain/program.ts'
import type { Events, People, Projects } from './ports/neighbours.ts'
import type { Work } from './ports/work.ts'
import type { Task } from './decide-slice.ts'
import { runEngine } from './run-engine.ts'
import { settleTime } from './settle-time.ts'
import { verifyBooks } from './verify-books.ts'

export type Loyalty = ReturnType<typeof composeLoyalty>

type Dependencies = {
  sql: Sql
  unitOfWork: UnitOfWork
  newId: NewId
  work: Work
  people: People
  projects: Projects
  events: Events
  readTask: (command: unknown) => Task
  onFault: (error: unknown, projectId: string, itemId: string) => void
}

export function composeLoyalty({
  sql,
  unitOfWork,
  newId,
  work,
  people,
  projects,
  events,
  readTask,
  onFault,
}: Dependencies) {
  const ledger = postgresLedger(sql)
  const programs = postgresPrograms(sql)
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
  const engine = runEngine({
    unitOfWork,
    work,
    people,
    projects,
    programs,
    ledger,
    events,
    newId,
    newReferralCode,
    sha256,
    read: readTask,
    present: presentResult,
    presentRefusal,
    isUnreachable,
    onFault,
  })
  return {
    engine,
    ledger,
    programs,
    settleTime: settleTime({ ledger, engine }),
    verifyBooks: verifyBooks({ ledger, sha256 }),
    /** The rules that a new project begins with. */
    equip: async (transaction: Transaction, projectId: string) => {
      await programs.publish(transaction, projectId, FIRST_RULES)
    },
  }
}

// No letters that are mistaken for another when read aloud or typed from paper.
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const CODE_LENGTH = 9

function newReferralCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
}
