import type { Locale } from '../../kernel/locale.ts'

export type Customer = {
  id: string
  emails: string[]
  phones: string[]
  externalIds: string[]
  name: string | null
  birthday: string | null
  locale: Locale | null
  telegramId: string | null
  createdAt: Date
  erasedAt: Date | null
  /** The customers that are part of it today. */
  mergedFrom: string[]
}

/** What a request tells of a customer; what it leaves out stays. */
export type ProfileChange = {
  customerId: string
  name?: string | undefined
  birthday?: string | undefined
  locale?: Locale | undefined
  telegramId?: string | undefined
  utm?: Record<string, string> | undefined
}
