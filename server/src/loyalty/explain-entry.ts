import { refuse, type Refusal } from '../kernel/refusal.ts'
import { appraise, keptOf, type Appraisal } from './domain/appraise.ts'
import type { Order } from './domain/order.ts'
import { byLine } from './domain/quote.ts'
import type { Program } from './domain/program.ts'
import type { Ledger, RecordedEntry } from './ports/ledger.ts'
import type { Programs } from './ports/programs.ts'

/** An entry with what it came from: the order and the version of the program that counted it, counted once more. */
export type Explained = {
  entry: RecordedEntry
  order: Order | undefined
  program: Program | undefined
  appraisal: Appraisal | undefined
  keptMinor: number | undefined
}

export function explainEntry({ ledger, programs }: { ledger: Ledger; programs: Programs }) {
  return async (projectId: string, entryId: string): Promise<Explained | Refusal<'entry-not-found'>> => {
    const entry = await ledger.entry(projectId, entryId)
    if (entry === undefined) return refuse('entry-not-found')
    const order = entry.orderRef === null ? undefined : await ledger.orderById(projectId, entry.orderRef)
    const version = order?.terms?.programVersion ?? entry.programVersion
    const program = version === null ? undefined : await programs.version(projectId, version)
    if (!order?.facts || order.terms === null || program === undefined)
      return { entry, order, program, appraisal: undefined, keptMinor: undefined }
    const appraisal = appraise(order.facts, program, order.terms, order.spentMinor)
    return {
      entry,
      order,
      program,
      appraisal: { ...appraisal, lines: byLine(appraisal, order.facts) },
      keptMinor: keptOf(order, order.facts, appraisal).earnedMinor,
    }
  }
}
