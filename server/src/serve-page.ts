import type { Handlers } from './http/handlers.ts'
import type { Locale } from './kernel/locale.ts'
import type { ChatSettings } from './messenger/domain/chat-settings.ts'
import type { PageSettings } from './messenger/domain/page-settings.ts'
import { openness } from './support/domain/business-time.ts'

type Answer = Awaited<ReturnType<Handlers['getPage']>>

type Dependencies = {
  shopOf: (projectId: string) => Promise<{
    name: string
    locale: Locale
    currency: string
    timeZone: string
    clockOffsetMs: number
  }>
  chatOf: (
    projectId: string,
  ) => Promise<Pick<ChatSettings, 'businessHours' | 'requireIdentity' | 'maxAttachmentBytes'>>
  pageOf: (projectId: string) => Promise<PageSettings>
  programOf: (projectId: string) => Promise<{ basePercentBp: number; maxSpendPercentBp: number }>
  /** Of promo codes that are left, from the smallest, in money. */
  nominalsOf: (projectId: string) => Promise<string[]>
  hasBot: (projectId: string) => Promise<boolean>
  now: () => number
}

const TOLD_AHEAD_DAYS = 7
const BP_OF_PERCENT = 100

/** What everybody may know who looks at a page of the shop: of the shop alone, and of no customer. */
export function servePage(dependencies: Dependencies): Pick<Handlers, 'getPage'> {
  const { shopOf, chatOf, pageOf, programOf, nominalsOf, hasBot, now } = dependencies
  return {
    getPage: async ({ caller: { projectId } }) => {
      const [shop, chat, { widget, spending }, program, telegram] = await Promise.all([
        shopOf(projectId),
        chatOf(projectId),
        pageOf(projectId),
        programOf(projectId),
        hasBot(projectId),
      ])
      const nominals = spending === 'promo-codes' ? await nominalsOf(projectId) : []
      const { name, locale, currency, timeZone, clockOffsetMs } = shop
      const { open, changesAt } = openness(
        { hours: chat.businessHours, timeZone },
        now() + clockOffsetMs,
        TOLD_AHEAD_DAYS,
      )
      const { requireIdentity, maxAttachmentBytes } = chat
      const page = {
        ...{ name, locale, currency, widget, telegram },
        chat: {
          open,
          changesAt: changesAt === null ? null : new Date(changesAt).toISOString(),
          requireIdentity,
          maxAttachmentBytes,
        },
        bonuses: {
          percent: program.basePercentBp / BP_OF_PERCENT,
          maxSpendPercent: program.maxSpendPercentBp / BP_OF_PERCENT,
          spending,
          nominals,
        },
      }
      return { status: 200, body: page } as Answer
    },
  }
}
