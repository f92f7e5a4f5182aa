import type { Transaction } from '../../kernel/transaction.ts'
import type { GivenSupportSettings } from '../domain/support-settings.ts'

export type SettingsStore = {
  find(projectId: string): Promise<GivenSupportSettings | undefined>
  /** What was there before. */
  put(
    transaction: Transaction,
    projectId: string,
    settings: GivenSupportSettings,
  ): Promise<GivenSupportSettings | undefined>
}
