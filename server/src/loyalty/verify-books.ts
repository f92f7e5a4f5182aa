import { canonicalEntry } from './domain/canonical-entry.ts'
import type { Ledger, RecordedEntry } from './ports/ledger.ts'

export type BookProblem = { customerId: string; sequence: number; problem: string }

type Dependencies = { ledger: Ledger; sha256: (text: string) => string }

const PAGE = 200

/** Walks a customer's chain from its newest entry back and adds it up: hashes, order and the sum must agree with the books. */
export function verifyBooks({ ledger, sha256 }: Dependencies) {
  /** Books may move while they are read: what is wrong must be wrong twice. */
  return async (projectId: string, customerId: string): Promise<BookProblem[]> => {
    const problems = await look(projectId, customerId)
    return problems.length === 0 ? problems : look(projectId, customerId)
  }

  async function look(projectId: string, customerId: string): Promise<BookProblem[]> {
    const standing = await ledger.account(projectId, customerId)
    if (standing === undefined) return [{ customerId, sequence: 0, problem: 'no account' }]
    const problems: BookProblem[] = []
    const say = (sequence: number, problem: string) => problems.push({ customerId, sequence, problem })
    const sums = new Map<string, number>()
    const { account, lots } = standing
    let expected = { sequence: account.sequence, hash: account.lastHash }
    let cursor = account.sequence + 1
    for (;;) {
      const { data, nextCursor } = await ledger.entries(projectId, customerId, PAGE, cursor)
      for (const entry of data) {
        if (entry.sequence !== expected.sequence || entry.hash !== expected.hash)
          say(entry.sequence, 'the chain is broken')
        if (hashOf(projectId, entry, sha256) !== entry.hash) say(entry.sequence, 'the entry was changed')
        const moved = entry.movements.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
        if (moved !== entry.amountMinor) say(entry.sequence, 'the lots do not add up to the amount')
        for (const { lotId, amountMinor } of entry.movements)
          sums.set(lotId, (sums.get(lotId) ?? 0) + amountMinor)
        expected = { sequence: entry.sequence - 1, hash: entry.previousHash }
      }
      if (nextCursor === null) break
      cursor = Number(nextCursor)
    }
    if (expected.sequence !== 0 || expected.hash !== '') say(1, 'the chain has no beginning')
    const held = lots.reduce((sum, lot) => sum + lot.remainingMinor, 0)
    if (held !== account.balanceMinor)
      say(0, `the account says ${account.balanceMinor}, its lots hold ${held}`)
    const open = new Map(lots.map((lot) => [lot.id, lot.remainingMinor]))
    for (const [lotId, sum] of sums)
      if (sum !== (open.get(lotId) ?? 0))
        say(0, `lot ${lotId} holds ${open.get(lotId) ?? 0}, its entries say ${sum}`)
    for (const lotId of open.keys()) if (!sums.has(lotId)) say(0, `lot ${lotId} has no entry`)
    return problems
  }
}

function hashOf(projectId: string, entry: RecordedEntry, sha256: (text: string) => string): string {
  const { sequence, previousHash, occurredAt, ...rest } = entry
  return sha256(canonicalEntry(projectId, sequence, previousHash, { ...rest, occurredAt }))
}
