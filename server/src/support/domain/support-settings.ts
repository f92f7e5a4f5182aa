import { refuse, type Refusal } from '../../kernel/refusal.ts'
import type { Locale } from '../../kernel/locale.ts'
import type { SupportRefusalCode } from './refusal-code.ts'

export type LocalTexts = { readonly [locale in Locale]?: string | undefined }

export type Topic = {
  key: string
  title: LocalTexts
  label: string
  assigneeId: string | null
  priority: number
}

export type SupportSettings = {
  enabled: boolean
  topics: readonly Topic[]
  firstAnswerMinutes: number | null
  resolutionMinutes: number | null
  remindBeforeMinutes: number
  unclaimedMinutes: number | null
  leadAgentId: string | null
  reminderDays: number | null
  autoCloseDays: number | null
  reopenDays: number
  mostOpenTickets: number
  notePrefixes: readonly string[]
  commentsAre: 'answers' | 'notes'
  tellTaken: boolean
  bonusPerCommand: string | null
  bonusPerAgentDay: string | null
  answers: readonly { name: string; text: LocalTexts }[]
  weeklyReport: boolean
}

type Given<T> = { [Key in keyof T]?: T[Key] | undefined }

/** What a shop says; what it leaves out takes its default. */
export type GivenSupportSettings = Given<Omit<SupportSettings, 'topics'>> & {
  topics?: readonly (Given<Topic> & Pick<Topic, 'key' | 'title'>)[] | undefined
}

export const FIRST_SUPPORT_SETTINGS: SupportSettings = {
  enabled: true,
  topics: [],
  firstAnswerMinutes: 60,
  resolutionMinutes: 1_440,
  remindBeforeMinutes: 10,
  unclaimedMinutes: 15,
  leadAgentId: null,
  reminderDays: 3,
  autoCloseDays: 4,
  reopenDays: 7,
  mostOpenTickets: 5,
  notePrefixes: ['//', '!'],
  commentsAre: 'answers',
  tellTaken: true,
  bonusPerCommand: '500',
  bonusPerAgentDay: '2000',
  answers: [],
  weeklyReport: true,
}

/** With all defaults; refused when its parts do not fit together. */
export function readSupportSettings(
  given: GivenSupportSettings,
): SupportSettings | Refusal<SupportRefusalCode> {
  const { topics = [], answers = [], notePrefixes = FIRST_SUPPORT_SETTINGS.notePrefixes } = given
  const twice =
    firstTwice(topics.map(({ key }) => key)) ?? firstTwice(answers.map(({ name }) => name.toLowerCase()))
  if (twice !== undefined) return refuse('settings-invalid', { why: `${twice} is there twice` })
  const blank = notePrefixes.find((prefix) => prefix.trim() !== prefix || prefix === '>>')
  if (blank !== undefined)
    return refuse('settings-invalid', { why: `${JSON.stringify(blank)} is no prefix of a note` })
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return {
    ...FIRST_SUPPORT_SETTINGS,
    ...said,
    topics: topics.map(({ key, title, label = key, assigneeId = null, priority = 1 }) => ({
      key,
      title,
      label,
      assigneeId,
      priority,
    })),
  }
}

/** Everybody whom settings name. */
export function agentsNamedIn({ topics, leadAgentId }: SupportSettings): string[] {
  return [
    ...new Set([leadAgentId, ...topics.map(({ assigneeId }) => assigneeId)].filter((id) => id !== null)),
  ]
}

function firstTwice(names: readonly string[]): string | undefined {
  return names.find((name, index) => names.indexOf(name) !== index)
}
