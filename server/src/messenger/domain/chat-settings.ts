import { refuse, type Refusal } from '../../kernel/refusal.ts'
import type { MessengerRefusalCode } from './refusal-code.ts'

type Texts = { ru?: string; en?: string; kk?: string }

export type ChatSettings = {
  /** As browsers write them. */
  allowedOrigins: readonly string[]
  requireIdentity: boolean
  credits: { capacity: number; refillSeconds: number; projectPerSecond: number }
  maxAttachmentBytes: number
  moderation: { blockedWords: readonly string[] } | null
  autoReply: Texts | null
  businessHours: {
    days: readonly { day: string; from: string; to: string }[]
    holidays: readonly string[]
    closedReply: Texts
  } | null
}

type Hours = NonNullable<ChatSettings['businessHours']>

/** What a shop says; what it leaves out takes its default. */
export type GivenChatSettings = Partial<Omit<ChatSettings, 'credits' | 'businessHours'>> & {
  credits?: Partial<ChatSettings['credits']>
  businessHours?: (Omit<Hours, 'holidays'> & { holidays?: readonly string[] }) | null
}

export const FIRST_CHAT_SETTINGS: ChatSettings = {
  allowedOrigins: [],
  requireIdentity: false,
  credits: { capacity: 60, refillSeconds: 10, projectPerSecond: 2_000 },
  maxAttachmentBytes: 20 * 1_048_576,
  moderation: null,
  autoReply: null,
  businessHours: null,
}

/** With all defaults; refused when its parts do not fit together. */
export function readChatSettings(given: GivenChatSettings): ChatSettings | Refusal<MessengerRefusalCode> {
  const { businessHours, allowedOrigins = [] } = given
  const origins = allowedOrigins.map(originOf)
  const stranger = allowedOrigins.find((_, index) => origins[index] === undefined)
  const why =
    stranger === undefined
      ? businessHours
        ? wrongWith(businessHours)
        : undefined
      : `${stranger} is no origin`
  if (why !== undefined) return refuse('settings-invalid', { why })
  return {
    ...FIRST_CHAT_SETTINGS,
    ...given,
    allowedOrigins: [...new Set(origins as string[])],
    credits: { ...FIRST_CHAT_SETTINGS.credits, ...given.credits },
    businessHours: businessHours ? { ...businessHours, holidays: businessHours.holidays ?? [] } : null,
  }
}

/** Somebody typed it: with the port that is meant anyway, in capitals, in their own script. */
function originOf(typed: string): string | undefined {
  return URL.canParse(typed) ? new URL(typed).origin : undefined
}

function wrongWith({
  days,
  holidays = [],
}: NonNullable<GivenChatSettings['businessHours']>): string | undefined {
  const backwards = days.find(({ from, to }) => from >= to)
  if (backwards !== undefined)
    return `${spanOf(backwards)} does not end after it begins; a night is two spans, to 24:00 and from 00:00`
  const sorted = [...days].sort((left, right) =>
    `${left.day} ${left.from}` < `${right.day} ${right.from}` ? -1 : 1,
  )
  for (const [index, span] of sorted.entries()) {
    const before = sorted[index - 1]
    if (before?.day === span.day && before.to > span.from)
      return `${spanOf(before)} and ${spanOf(span)} overlap`
  }
  const noDay = holidays.find((day) => !isDay(day))
  return noDay === undefined ? undefined : `${noDay} is no day of the calendar`
}

function spanOf({ day, from, to }: Hours['days'][number]): string {
  return `${day} ${from}–${to}`
}

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
