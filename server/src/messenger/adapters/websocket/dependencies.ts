import type { NewId } from '../../../kernel/ids.ts'
import type { Locale } from '../../../kernel/locale.ts'
import type { Refusal } from '../../../kernel/refusal.ts'
import type { Bring } from '../../bring-in-order.ts'
import type { Item, Speaker } from '../../domain/item.ts'
import type { Conversations } from '../../know-conversations.ts'
import type { MessageLog } from '../../ports/message-log.ts'
import type { GatewayEvent } from '../../ports/meter.ts'
import type { SettingsOf } from '../../ports/neighbours.ts'
import type { Presence } from '../../ports/presence.ts'
import type { EventPresenter } from '../http/present-conversation.ts'
import type { Connections } from './connections.ts'

export type Newcomer = { projectId: string; locale: Locale; speaker: Speaker }

/** The way into the pipeline. */
export type Intake = {
  offer(item: Item): 'taken' | 'dropped' | 'rejected'
  put(item: Item): Promise<unknown>
}

export type Dependencies = {
  connections: Connections
  intake: Intake
  bring: Bring
  conversations: Conversations
  log: Pick<MessageLog, 'positionsOf' | 'tops' | 'events'>
  presence: Presence
  redeem: (ticket: string) => Promise<Newcomer | undefined>
  isStill: (projectId: string, speaker: Speaker) => Promise<boolean>
  settingsOf: SettingsOf
  follow: (projectId: string) => Promise<void>
  leave: (projectId: string) => Promise<void>
  tell: (refusal: Refusal, locale: Locale) => { status: number; detail: string }
  present: EventPresenter
  /** Frames that may be read now; the sources share it. */
  admit: (frames: number) => boolean
  whenAdmitted: (tell: () => void) => void
  newId: NewId
  onEvent: (what: GatewayEvent) => void
  onFault: (error: unknown) => void
  now?: () => number
}
