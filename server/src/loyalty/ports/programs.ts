import type { Transaction } from '../../kernel/transaction.ts'
import type { Program, Rules } from '../domain/program.ts'

export type PublishedProgram = Program & { publishedAt: Date }

export type Programs = {
  current(projectId: string): Promise<PublishedProgram>
  currentWithin(transaction: Transaction, projectId: string): Promise<Program>
  /** Versions that orders were counted with; a version never changes. */
  versionsWithin(
    transaction: Transaction,
    projectId: string,
    versions: number[],
    current: Program,
  ): Promise<(version: number) => Program>
  /** Projects whose newest program gives something for a birthday. */
  givingBirthdays(): Promise<string[]>
  version(projectId: string, version: number): Promise<PublishedProgram | undefined>
  /** The next version, or the current one when the rules are the same. */
  publish(
    transaction: Transaction,
    projectId: string,
    rules: Rules,
  ): Promise<{ program: PublishedProgram; changed: boolean }>
}
