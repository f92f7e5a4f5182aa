import type { Transaction } from '../../kernel/transaction.ts'
import type { GivenChatSettings } from '../domain/chat-settings.ts'

export type ChatSettingsStore = {
  find(projectId: string): Promise<GivenChatSettings | undefined>
  /** The ones before, if any; of two at once the second sees the first. */
  put(
    transaction: Transaction,
    projectId: string,
    settings: GivenChatSettings,
  ): Promise<GivenChatSettings | undefined>
}
