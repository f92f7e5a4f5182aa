import { canonicalJson } from '../../kernel/canonical-json.ts'
import type { Locale } from '../../kernel/locale.ts'

/** What is known of a customer beside the identities. */
export type Profile = {
  name: string | null
  birthday: string | null
  locale: Locale | null
  telegramId: string | null
  telegramUnreachable: string | null
  utm: Record<string, string>
}

/** A field that a merge filled, as it was before and after. */
export type Filled = {
  [Field in keyof Profile]?: { before: Profile[Field]; after: Profile[Field] }
}

const FIELDS = ['name', 'birthday', 'locale', 'telegramId', 'utm'] as const

/** Where `into` knows nothing, `from` may know; what both know stays as `into` knows it. */
export function fillGaps(into: Profile, from: Profile): { profile: Profile; filled: Filled } {
  const fields = FIELDS.filter((field) => isEmpty(into[field]) && !isEmpty(from[field]))
  const taken: (keyof Profile)[] = fields.includes('telegramId') ? [...fields, 'telegramUnreachable'] : fields
  return {
    profile: { ...into, ...Object.fromEntries(taken.map((field) => [field, from[field]])) },
    filled: Object.fromEntries(taken.map((field) => [field, { before: into[field], after: from[field] }])),
  }
}

/** Takes back what was filled and has not changed since. Whether a Telegram id can be reached goes with the id. */
export function emptyGaps(profile: Profile, { telegramUnreachable, ...filled }: Filled): Profile {
  const unchanged = Object.entries(filled).filter(
    ([field, { after }]) => canonicalJson(profile[field as keyof Profile]) === canonicalJson(after),
  )
  const restored = Object.fromEntries(unchanged.map(([field, { before }]) => [field, before]))
  return {
    ...profile,
    ...restored,
    ...('telegramId' in restored ? { telegramUnreachable: telegramUnreachable?.before ?? null } : {}),
  }
}

function isEmpty(value: Profile[(typeof FIELDS)[number]]): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0)
}
