export const LOCALES = ['ru', 'en', 'kk'] as const
export type Locale = (typeof LOCALES)[number]
export type Texts = Readonly<Record<Locale, string>>

export function isLocale(value: string): value is Locale {
  return (LOCALES as readonly string[]).includes(value)
}
