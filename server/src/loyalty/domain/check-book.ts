import type { Entry, Movement } from './book.ts'
import { canonicalEntry } from './canonical-entry.ts'

/** Without a customer, it is a problem of a checkpoint. */
export type BookProblem = { customerId: string | null; sequence: number; problem: string }

/** Where a chain of entries ended, and the hash that it ended with. */
export type Head = { sequence: number; hash: string }

export type LinkedEntry = Entry & { sequence: number; previousHash: string; hash: string }

/** A book as its tables tell it, and its head as the last checkpoint names it. */
export type BookToCheck = {
  customerId: string
  account: (Head & { balanceMinor: number; debtMinor: number }) | undefined
  head: Head | undefined
  lots: readonly { id: string; remainingMinor: number }[]
}

export type Verdict = {
  customerId: string
  problems: BookProblem[]
  problemsCount: number
  /** What the next checkpoint may say of this book; nothing of one that has no account and never had. */
  head: Head | undefined
}

const MOST_TOLD = 10

/** Takes a customer's entries, oldest first, in one pass: links, hashes and sums must agree with the account, its lots and the last checkpoint. */
export function checkBook(projectId: string, book: BookToCheck, sha256: (text: string) => string) {
  const { customerId, account, head, lots } = book
  const problems: BookProblem[] = []
  let problemsCount = 0
  const say = (sequence: number, problem: string) => {
    problemsCount++
    if (problems.length < MOST_TOLD) problems.push({ customerId, sequence, problem })
  }
  let end: Head = { sequence: 0, hash: '' }
  let entries = 0
  let headFound = head === undefined || head.sequence === 0
  // Of open lots only: what came to nothing is forgotten.
  const sums = new Map<string, number>()
  let owedMinor = 0

  return {
    take(entry: LinkedEntry): void {
      entries++
      if (entry.sequence !== end.sequence + 1 || entry.previousHash !== end.hash)
        say(entry.sequence, 'the chain is broken')
      for (const problem of entryProblems(projectId, entry, sha256)) say(entry.sequence, problem)
      if (head !== undefined && entry.sequence === head.sequence) {
        headFound = true
        if (entry.hash !== head.hash)
          say(entry.sequence, 'the entry is not the one that the checkpoint names')
      }
      owedMinor += entry.debtMinor
      for (const { lotId, amountMinor } of movementsOf(entry) ?? []) {
        const sum = (sums.get(lotId) ?? 0) + amountMinor
        if (sum === 0) sums.delete(lotId)
        else sums.set(lotId, sum)
      }
      end = { sequence: entry.sequence, hash: entry.hash }
    },

    finish(): Verdict {
      if (account === undefined)
        say(
          head?.sequence ?? 0,
          entries === 0 ? 'the account is gone' : 'there are entries without an account',
        )
      else {
        if (account.sequence !== end.sequence || account.hash !== end.hash)
          say(
            end.sequence,
            `the chain is broken: it ends here, the account says that it ends at ${account.sequence}`,
          )
        for (const problem of sumProblems(account, lots, sums, owedMinor)) say(0, problem)
      }
      if (!headFound)
        say(head!.sequence, 'entries were cut: the checkpoint names this one, and it is not there')
      // A broken book keeps the head that it had when it was whole: a cut must not become what the next run expects.
      const signed = problemsCount === 0 ? account : (head ?? account)
      return {
        customerId,
        problems,
        problemsCount,
        head: signed && { sequence: signed.sequence, hash: signed.hash },
      }
    },
  }
}

/** What an entry alone must fulfil, wherever it stands. */
function entryProblems(projectId: string, entry: LinkedEntry, sha256: (text: string) => string): string[] {
  const movements = movementsOf(entry)
  if (movements === undefined) return ['the entry was changed']
  const moved = movements.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  const hash = sha256(canonicalEntry(projectId, entry.sequence, entry.previousHash, entry))
  return [
    ...(hash === entry.hash ? [] : ['the entry was changed']),
    ...(moved - entry.debtMinor === entry.amountMinor ? [] : ['the lots do not add up to the amount']),
  ]
}

function sumProblems(
  { balanceMinor, debtMinor }: { balanceMinor: number; debtMinor: number },
  lots: BookToCheck['lots'],
  sums: ReadonlyMap<string, number>,
  owedMinor: number,
): string[] {
  const open = new Map(lots.map(({ id, remainingMinor }) => [id, remainingMinor]))
  const held = lots.reduce((sum, { remainingMinor }) => sum + remainingMinor, 0)
  const wrong = [...new Set([...open.keys(), ...sums.keys()])].filter((id) => open.get(id) !== sums.get(id))
  return [
    ...(held - debtMinor === balanceMinor
      ? []
      : [`the account says ${balanceMinor}, its lots hold ${held - debtMinor}`]),
    ...(owedMinor === debtMinor ? [] : [`the account owes ${debtMinor}, its entries say ${owedMinor}`]),
    ...wrong.map((id) => `lot ${id} holds ${open.get(id) ?? 0}, its entries say ${sums.get(id) ?? 0}`),
  ]
}

/** Nothing when they are not what they should be: whoever changes a row behind the ledger's back need not keep to its types. */
function movementsOf({ movements }: { movements: unknown }): Movement[] | undefined {
  return Array.isArray(movements) && movements.every(isMovement) ? movements : undefined
}

function isMovement(value: unknown): value is Movement {
  const { lotId, amountMinor } = (value ?? {}) as Record<string, unknown>
  return typeof lotId === 'string' && typeof amountMinor === 'number'
}
