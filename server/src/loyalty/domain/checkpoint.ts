import type { BookProblem, Head } from './check-book.ts'

/** What a checkpoint says, before it is signed. */
export type Statement = {
  id: string
  projectId: string
  number: number
  takenAt: number
  accounts: number
  entries: number
  problemsCount: number
  root: string
  previousRoot: string | null
}

export type Checkpoint = Statement & { keyId: string; signature: string; problems: BookProblem[] }

/** One leaf of the tree. Ids only, no personal data: it may leave the house. */
export function headLine(customerId: string, { sequence, hash }: Head): string {
  return `${customerId}:${sequence}:${hash}`
}

/** The bytes that are signed. Part of the contract (`listCheckpointHeads`): a change needs a new first line. */
export function statementText(statement: Statement): string {
  const { projectId, id, number, takenAt, accounts, entries, problemsCount, root, previousRoot } = statement
  return [
    'tapline-checkpoint-1',
    `project ${projectId}`,
    `checkpoint ${id}`,
    `number ${number}`,
    `taken-at ${new Date(takenAt).toISOString()}`,
    `accounts ${accounts}`,
    `entries ${entries}`,
    `problems ${problemsCount}`,
    `root ${root}`,
    `previous-root ${previousRoot ?? '-'}`,
    '',
  ].join('\n')
}
