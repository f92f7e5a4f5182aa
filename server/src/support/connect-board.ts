import type { Locale } from '../kernel/locale.ts'
import { isRetryable } from '../kernel/retryable-error.ts'
import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import { boardMarkerOf } from './domain/board.ts'
import type { SupportRefusalCode } from './domain/refusal-code.ts'
import { BoardRefusal, type BoardApi } from './ports/board-api.ts'
import type { BoardStore } from './ports/board-store.ts'
import type { Audit } from './ports/neighbours.ts'
import type { StandBoard } from './stand-board.ts'

type Refused = Refusal<SupportRefusalCode>

type Dependencies = {
  unitOfWork: UnitOfWork
  boards: Pick<BoardStore, 'find' | 'save' | 'remove'>
  api: Pick<BoardApi, 'whoAmI' | 'exchangeCode'>
  stand: StandBoard
  shopOf: (projectId: string) => Promise<{ name: string; locale: Locale }>
  labelsOf: (projectId: string) => Promise<readonly string[]>
  record: Audit
  /** Open tickets get their tasks, now that there is somewhere to put them. */
  fill: (projectId: string) => Promise<void>
  /** What was still to be worked on. */
  clear: (transaction: Transaction, projectId: string) => Promise<void>
  forget: (projectId: string) => void
  hurry: (projectId: string) => Promise<void>
}

export type Given = { token?: string | undefined; code?: string | undefined; boardName?: string | undefined }

/** A token is tried before it is kept, and the board stands when it is connected. */
export function connectBoard(dependencies: Dependencies) {
  const { unitOfWork, boards, api, stand, shopOf, labelsOf, record, fill, clear, forget, hurry } =
    dependencies

  /** Undefined of a code that Todoist does not take, or that no app of ours has asked for. */
  async function exchanged(code: string) {
    try {
      return await api.exchangeCode(code)
    } catch (error) {
      if (error instanceof BoardRefusal && error.status >= 400 && error.status < 429) return undefined
      throw error
    }
  }

  async function connected(projectId: string, given: Given): Promise<Refused | undefined> {
    const { name, locale } = await shopOf(projectId)
    const granted =
      given.code === undefined
        ? { token: given.token?.trim() ?? '', refreshToken: null }
        : await exchanged(given.code.trim())
    if (granted === undefined) return refuse('todoist-code-refused')
    const { token, refreshToken } = granted
    if (!/^[\x21-\x7e]{8,200}$/.test(token)) return refuse('todoist-token-refused')
    const account = await api.whoAmI(token)
    const known = await boards.find(projectId)
    const before = known?.accountId === account.id ? known : undefined
    const boardName =
      given.boardName ?? before?.boardName ?? (locale === 'en' ? `Support: ${name}` : `${name}`)
    const stood = await stand(token, {
      boardId: before?.boardId,
      marker: boardMarkerOf(projectId),
      name: boardName,
      sections: before?.sections[before.boardId] ?? {},
      labels: await labelsOf(projectId),
      shareWith: Object.values(before?.people ?? {}).map(({ email }) => email),
      locale,
    })
    const { boardId, sections, members, people, labels } = stood
    const isSame = before?.boardId === boardId
    await unitOfWork(async (transaction) => {
      // Tasks of another board are nobody's any more.
      if (known !== undefined && !isSame) {
        await boards.remove(transaction, projectId)
        await clear(transaction, projectId)
      }
      await boards.save(transaction, {
        ...{ projectId, token, refreshToken, boardId, boardName, people, labels },
        ...{ accountId: account.id, accountName: account.name },
        sections: { ...(isSame ? before.sections : {}), [boardId]: sections },
        members: { ...(isSame ? before.members : {}), [boardId]: members },
      })
      await record(transaction, projectId, 'todoist.connected', { accountId: account.id, boardId })
    })
    forget(projectId)
    await fill(projectId)
    await hurry(projectId)
    return undefined
  }

  return {
    async connect(projectId: string, given: Given): Promise<Refused | undefined> {
      if ((given.token === undefined) === (given.code === undefined)) return refuse('todoist-token-or-code')
      try {
        return await connected(projectId, given)
      } catch (error) {
        if (error instanceof BoardRefusal) {
          if (error.status === 401) return refuse('todoist-token-refused')
          return error.status === 429
            ? refuse('todoist-unavailable')
            : refuse('todoist-refused', { why: error.message })
        }
        if (isRetryable(error)) return refuse('todoist-unavailable')
        throw error
      }
    },

    /** Its token and all that is known of it are gone; the board itself stays at Todoist. */
    async disconnect(projectId: string): Promise<void> {
      await unitOfWork(async (transaction) => {
        await clear(transaction, projectId)
        if (await boards.remove(transaction, projectId))
          await record(transaction, projectId, 'todoist.disconnected', {})
      })
      forget(projectId)
    },
  }
}
