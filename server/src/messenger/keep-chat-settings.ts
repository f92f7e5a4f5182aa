import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { remember } from '../kernel/remember.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import { FIRST_CHAT_SETTINGS, readChatSettings, type ChatSettings, type GivenChatSettings } from './domain/chat-settings.ts' // prettier-ignore
import type { MessengerRefusalCode } from './domain/refusal-code.ts'
import type { ChatSettingsStore } from './ports/chat-settings-store.ts'

type Dependencies = {
  store: ChatSettingsStore
  unitOfWork: UnitOfWork
  /** The project's audit log. */
  record: (
    transaction: Transaction,
    projectId: string,
    action: string,
    details: Record<string, unknown>,
  ) => Promise<void>
}

const FRESH_MS = 1_000
const MOST_PEEKED = 10_000

/** How the chat of each project behaves, with all defaults; a change reaches every process within a second. */
export function keepChatSettings({ store, unitOfWork, record }: Dependencies) {
  const last = new Map<string, ChatSettings>()
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

  return {
    of: (projectId: string): Promise<ChatSettings> => of(projectId),
    /** As they were known last, which may be a while ago. */
    peek: (projectId: string): ChatSettings | undefined => last.get(projectId),

    async put(
      projectId: string,
      given: GivenChatSettings,
    ): Promise<ChatSettings | Refusal<MessengerRefusalCode>> {
      const settings = readChatSettings(given)
      if (isRefusal(settings)) return settings
      await unitOfWork(async (transaction) => {
        const before = complete(await store.put(transaction, projectId, given))
        const changed = (Object.keys(settings) as (keyof ChatSettings)[]).filter(
          (name) => JSON.stringify(before[name]) !== JSON.stringify(settings[name]),
        )
        if (changed.length > 0) await record(transaction, projectId, 'chat-settings.changed', { changed })
      })
      of.forget(projectId)
      return settings
    },
  }
}

/** What was stored by rules that have become stricter since must not stop a chat. */
function complete(stored: GivenChatSettings | undefined): ChatSettings {
  const settings = readChatSettings(stored ?? {})
  return isRefusal(settings) ? FIRST_CHAT_SETTINGS : settings
}

export type KeptChatSettings = ReturnType<typeof keepChatSettings>
