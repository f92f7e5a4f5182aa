import type { Locale } from '../../kernel/locale.ts'
import type { Speaker } from '../domain/item.ts'

type Texts = { ru?: string | undefined; en?: string | undefined; kk?: string | undefined }

/** How the chat of a project behaves. */
export type Settings = {
  credits: { capacity: number; refillSeconds: number; projectPerSecond: number }
  moderation: { blockedWords: readonly string[] } | null
  autoReply: Texts | null
  businessHours: {
    days: readonly { day: string; from: string; to: string }[]
    holidays: readonly string[]
    closedReply: Texts
  } | null
}

export type SettingsOf = (projectId: string) => Promise<Settings>

export type Shop = { name: string; locale: Locale; timeZone: string; clockOffsetMs: number }

/** Who speaks for the shop when nobody of it does. */
export type BotOf = (projectId: string) => Promise<Speaker>
