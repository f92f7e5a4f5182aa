import { canonicalJson } from '../kernel/canonical-json.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { remember } from '../kernel/remember.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import type { MessengerRefusalCode } from './domain/refusal-code.ts'
import type { SettingsStore } from './ports/settings-store.ts'

type Dependencies<Given, Settings> = {
  store: SettingsStore<Given>
  /** With all defaults; refused when its parts do not fit together. */
  read: (given: Given) => Settings | Refusal<MessengerRefusalCode>
  /** Of a shop that has said nothing. */
  first: Settings
  /** What a change is called in the project's audit log. */
  action: string
  unitOfWork: UnitOfWork
  record: (
    transaction: Transaction,
    projectId: string,
    action: string,
    details: Record<string, unknown>,
  ) => Promise<void>
}

export type KeptSettings<Given, Settings> = {
  of(projectId: string): Promise<Settings>
  /** As they were known last, which may be a while ago. */
  peek(projectId: string): Settings | undefined
  put(projectId: string, given: Given): Promise<Settings | Refusal<MessengerRefusalCode>>
}

const FRESH_MS = 1_000
const MOST_PEEKED = 10_000

/** Settings of each project, with all defaults; a change reaches every process within a second. */
export function keepSettings<Given, Settings extends object>({
  store,
  read,
  first,
  action,
  unitOfWork,
  record,
}: Dependencies<Given, Settings>): KeptSettings<Given, Settings> {
  const last = new Map<string, Settings>()
  const of = remember(
    async (projectId) => {
      const settings = complete(await store.find(projectId))
      last.delete(projectId)
      last.set(projectId, settings)
      if (last.size > MOST_PEEKED) last.delete(last.keys().next().value!)
      return settings
    },
    { forMs: FRESH_MS },
  )

  /** What was stored by rules that have become stricter since must not stop a chat. */
  function complete(stored: Given | undefined): Settings {
    if (stored === undefined) return first
    const settings = read(stored)
    return isRefusal(settings) ? first : settings
  }

  return {
    of: (projectId) => of(projectId),
    peek: (projectId) => last.get(projectId),

    async put(projectId, given) {
      const settings = read(given)
      if (isRefusal(settings)) return settings
      await unitOfWork(async (transaction) => {
        const before = complete(await store.put(transaction, projectId, given))
        const changed = (Object.keys(settings) as (keyof Settings)[]).filter(
          (name) => canonicalJson(before[name]) !== canonicalJson(settings[name]),
        )
        if (changed.length > 0) await record(transaction, projectId, action, { changed })
      })
      of.forget(projectId)
      return settings
    },
  }
}
