export type Locale = 'ru' | 'en' | 'kk'

/** The first wish that is a language we speak. */
export function localeOf(...wishes: (string | null | undefined)[]): Locale {
  for (const wish of wishes) {
    const language = wish?.slice(0, 2).toLowerCase()
    if (language === 'ru' || language === 'en' || language === 'kk') return language
  }
  return 'en'
}

/** A text in this language, else in the shop's, else in any. */
export function inLocale(
  texts: { ru?: string; en?: string; kk?: string } | null | undefined,
  locale: Locale,
  fallback: Locale,
): string | undefined {
  if (!texts) return undefined
  return texts[locale] ?? texts[fallback] ?? texts.ru ?? texts.en ?? texts.kk
}
