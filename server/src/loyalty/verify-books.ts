import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import { checkBook, type BookProblem, type Verdict } from './domain/check-book.ts'
import type { BookAtRest, Books } from './ports/books.ts'

type Dependencies = { unitOfWork: UnitOfWork; books: Books; sha256: (text: string) => string }

const PAGE = 500
const MOST_STRANGERS = 100

/** Checks one customer's book as it stands at one moment. */
export function verifyBooks({ unitOfWork, books, sha256 }: Dependencies) {
  const readBooks = readAndCheck({ books, sha256 })
  const look = (projectId: string, customerId: string): Promise<BookProblem[]> =>
    unitOfWork(async (transaction) => {
      await books.standStill(transaction)
      const book = await books.one(transaction, projectId, customerId)
      if (book === undefined) return [{ customerId, sequence: 0, problem: 'no account' }]
      const range = { after: { customerId, sequence: '0' }, upTo: customerId }
      const [verdict] = await readBooks(transaction, projectId, [book], range)
      return verdict!.problems
    })

  return async (projectId: string, customerId: string): Promise<BookProblem[]> => {
    const problems = await look(projectId, customerId)
    return problems.length === 0 ? problems : look(projectId, customerId)
  }
}

type Range = { after: { customerId: string; sequence: string }; upTo: string | undefined }

/** Reads the entries of a range of customers in one pass, each into the check of its book. */
export function readAndCheck({ books, sha256 }: Omit<Dependencies, 'unitOfWork'>) {
  return async (
    transaction: Transaction,
    projectId: string,
    page: readonly BookAtRest[],
    { after, upTo }: Range,
  ): Promise<Verdict[]> => {
    const lots = await books.openLots(transaction, projectId, page.map(({ customerId }) => customerId)) // prettier-ignore
    const begin = (book: BookAtRest) =>
      checkBook(projectId, { ...book, lots: lots.get(book.customerId) ?? [] }, sha256)
    const checks = new Map(page.map((book) => [book.customerId, begin(book)]))
    for (let from: Range['after'] | undefined = after; from !== undefined;) {
      const entries = await books.entries(transaction, projectId, { after: from, upTo, limit: PAGE })
      for (const entry of entries) {
        const { customerId } = entry
        let check = checks.get(customerId)
        if (check === undefined && checks.size < page.length + MOST_STRANGERS) {
          check = begin({ customerId, account: undefined, head: undefined })
          checks.set(customerId, check)
        }
        check?.take(entry)
      }
      from = entries.length < PAGE ? undefined : entries.at(-1)?.place
    }
    const verdicts = [...checks.values()].map((check) => check.finish())
    return verdicts.sort((left, right) => (left.customerId < right.customerId ? -1 : 1))
  }
}
