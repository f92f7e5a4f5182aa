import type { NewId } from '../kernel/ids.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import type { BookProblem, Verdict } from './domain/check-book.ts'
import { headLine, statementText, type Checkpoint } from './domain/checkpoint.ts'
import { EMPTY_TREE, grow, rootOf, type TreeHash } from './domain/merkle-tree.ts'
import type { BookAtRest, Books } from './ports/books.ts'
import type { Alarm, BrokenBooks, Proofs, Run, Signer } from './ports/proofs.ts'
import { readAndCheck } from './verify-books.ts'

export type Proving = ReturnType<typeof proveBooks>

type Dependencies = {
  unitOfWork: UnitOfWork
  books: Books
  proofs: Proofs
  signer: Signer
  alarm: Alarm
  newId: NewId
  sha256: (text: string) => string
  treeHash: TreeHash
  timeZoneOf: (projectId: string) => Promise<string>
  onFault: (error: unknown, projectId: string) => void
}

const PAGE = 200
/** A page of busy customers is a small one. */
const PAGE_ENTRIES = 10_000
const MOST_TOLD = 100
const PROJECTS = 20
const BEFORE_ALL = ''
const LAST_OF_A_CUSTOMER = String(2n ** 63n - 1n)

/**
 * Reads all books of a project, page by page, and ends with a signed checkpoint of where each chain ended.
 * A page is one transaction that holds the project's row: a killed run goes on where it was, and two runners do it once.
 */
export function proveBooks(dependencies: Dependencies) {
  const { unitOfWork, books, proofs, signer, alarm, newId, treeHash, timeZoneOf, onFault } = dependencies
  const check = readAndCheck(dependencies)

  return {
    /** A run that stands there already goes on. */
    start: (projectId: string): Promise<void> =>
      unitOfWork(async (transaction) => {
        const { run, lastNumber } = await proofs.hurry(transaction, projectId)
        if (run === undefined)
          await proofs.save(transaction, projectId, await begin(transaction, projectId, lastNumber))
      }),

    /** One page of the project's run; `false` when there is none, or another has it. */
    step,

    /** A page for every project whose night has come. */
    async due(): Promise<boolean> {
      let more = false
      for (const { projectId, scheduled } of await proofs.due(PROJECTS)) {
        try {
          if (scheduled) more = (await step(projectId)) || more
          else await proofs.schedule(projectId, await timeZoneOf(projectId))
        } catch (error) {
          onFault(error, projectId)
          await proofs.postpone(projectId)
        }
      }
      return more
    },
  }

  async function step(projectId: string): Promise<boolean> {
    // Asked before: within a transaction nothing waits for a second connection.
    const timeZone = await timeZoneOf(projectId)
    const { done, broken } = await unitOfWork<{ done: boolean; broken?: BrokenBooks | undefined }>(
      async (transaction) => {
        await books.standStill(transaction)
        const claimed = await proofs.claim(transaction, projectId)
        if (claimed === undefined) return { done: false }
        const run = claimed.run ?? (await begin(transaction, projectId, claimed.lastNumber))
        const { page, last } = await nextPage(transaction, projectId, run)
        const verdicts = await check(transaction, projectId, page, {
          after: { customerId: run.cursor, sequence: LAST_OF_A_CUSTOMER },
          upTo: last ? undefined : page.at(-1)!.customerId,
        })
        const wrong = verdicts.filter(({ problemsCount }) => problemsCount > 0)
        const doubtful = wrong.flatMap(({ customerId }) => (run.doubtful.includes(customerId) ? [] : customerId)) // prettier-ignore
        if (doubtful.length > 0) {
          // What is wrong must be wrong twice, at two moments.
          await proofs.save(transaction, projectId, { ...run, doubtful: [...run.doubtful, ...doubtful] })
          return { done: true }
        }
        const after = await turnPage(transaction, projectId, run, page, verdicts)
        if (last) return { done: true, broken: await finish(transaction, projectId, after, timeZone) }
        await proofs.save(transaction, projectId, after)
        return { done: true }
      },
    )
    if (broken !== undefined) alarm.tell(projectId, broken)
    return done
  }

  async function begin(transaction: Transaction, projectId: string, lastNumber: number): Promise<Run> {
    const previous = await proofs.newest(transaction, projectId)
    // Evidence that was lost once does not come back: what was wrong with a checkpoint stays said.
    const kept = previous?.problems.filter(({ customerId }) => customerId === null) ?? []
    const run: Run = {
      number: Math.max(lastNumber, previous?.number ?? 0) + 1,
      cursor: BEFORE_ALL,
      accountsTotal: await books.count(transaction, projectId),
      entries: 0,
      tree: EMPTY_TREE,
      previousTree: EMPTY_TREE,
      doubtful: [],
      problems: kept,
      problemsCount: kept.length,
      brokenBooks: kept.length,
    }
    return (previous?.number ?? 0) < lastNumber ? withProblem(run, `checkpoint ${lastNumber} is gone`) : run
  }

  async function nextPage(
    transaction: Transaction,
    projectId: string,
    run: Run,
  ): Promise<{ page: BookAtRest[]; last: boolean }> {
    const range = { after: run.cursor, beforeNumber: run.number, limit: PAGE }
    const found = await books.page(transaction, projectId, range)
    let entries = 0
    const tooMany = found.findIndex(
      ({ account }, index) => (entries += account?.sequence ?? 0) > PAGE_ENTRIES && index > 0,
    )
    return tooMany === -1
      ? { page: found, last: found.length < PAGE }
      : { page: found.slice(0, tooMany), last: false }
  }

  /** The run after a page: its heads written down, its problems kept. */
  async function turnPage(
    transaction: Transaction,
    projectId: string,
    run: Run,
    page: BookAtRest[],
    verdicts: Verdict[],
  ): Promise<Run> {
    const before = new Map(page.flatMap(({ customerId, head }) => (head ? [[customerId, head]] : [])))
    const heads = verdicts.flatMap(({ customerId, head }) => (head ? [{ customerId, ...head }] : []))
    const moved = heads.filter(({ customerId, sequence, hash }) => {
      const head = before.get(customerId)
      return head?.sequence !== sequence || head.hash !== hash
    })
    if (moved.length > 0) await books.addHeads(transaction, projectId, run.number, moved)
    const problems = verdicts.flatMap((verdict) => verdict.problems)
    return {
      ...run,
      cursor: page.at(-1)?.customerId ?? run.cursor,
      entries: heads.reduce((sum, { sequence }) => sum + sequence, run.entries),
      tree: grow(run.tree, heads.map((head) => headLine(head.customerId, head)), treeHash), // prettier-ignore
      previousTree: grow(run.previousTree, [...before].map(([id, head]) => headLine(id, head)), treeHash), // prettier-ignore
      doubtful: [],
      problems: [...run.problems, ...problems].slice(0, MOST_TOLD),
      problemsCount: verdicts.reduce((sum, verdict) => sum + verdict.problemsCount, run.problemsCount),
      brokenBooks: run.brokenBooks + verdicts.filter(({ problemsCount }) => problemsCount > 0).length,
    }
  }

  async function finish(
    transaction: Transaction,
    projectId: string,
    whole: Run,
    timeZone: string,
  ): Promise<BrokenBooks | undefined> {
    const previous = await proofs.newest(transaction, projectId)
    let run = whole
    if (previous !== undefined)
      for (const problem of await checkpointProblems(transaction, previous, run))
        run = withProblem(run, `checkpoint ${previous.number}: ${problem}`)
    const statement = {
      id: newId('checkpoint'),
      projectId,
      number: run.number,
      takenAt: await proofs.now(transaction),
      accounts: run.tree.size,
      entries: run.entries,
      problemsCount: run.problemsCount,
      root: rootOf(run.tree, treeHash),
      previousRoot: previous?.root ?? null,
    }
    const signed = await signer.sign(transaction, statementText(statement))
    const checkpoint: Checkpoint = { ...statement, ...signed, problems: run.problems }
    await proofs.complete(transaction, checkpoint, { brokenBooks: run.brokenBooks, timeZone })
    if (run.problemsCount === 0) return undefined
    const broken = {
      checkpointId: statement.id,
      customerIds: customersOf(run.problems),
      problemsCount: run.problemsCount,
    }
    await alarm.raise(transaction, projectId, broken)
    return broken
  }

  /** Whoever can change the books can change what was written down of them, but not sign it. */
  async function checkpointProblems(
    transaction: Transaction,
    previous: Checkpoint,
    { previousTree }: Run,
  ): Promise<string[]> {
    const earlier = await proofs.find(transaction, previous.projectId, { number: previous.number - 1 })
    const problems: string[] = []
    if (!(await signer.verify(transaction, statementText(previous), previous)))
      problems.push('its signature is not valid')
    if (rootOf(previousTree, treeHash) !== previous.root || previousTree.size !== previous.accounts)
      problems.push('its heads were changed')
    if (earlier !== undefined && earlier.root !== previous.previousRoot)
      problems.push('it does not follow the one before')
    return problems
  }
}

function withProblem(run: Run, problem: string): Run {
  if (run.problems.some((known) => known.customerId === null && known.problem === problem)) return run
  // First, so that those of many customers do not push it out of what is kept.
  const problems = [{ customerId: null, sequence: 0, problem }, ...run.problems].slice(0, MOST_TOLD)
  return { ...run, problems, problemsCount: run.problemsCount + 1, brokenBooks: run.brokenBooks + 1 }
}

function customersOf(problems: BookProblem[]): string[] {
  return [...new Set(problems.flatMap(({ customerId }) => customerId ?? []))]
}
