export type Locale = 'ru' | 'en' | 'kk'

let kazakh: boolean | undefined

/** Chromium says that it knows Kazakh and calls November M11. */
const knowsKazakh = (): boolean =>
  (kazakh ??=
    Intl.DateTimeFormat.supportedLocalesOf('kk').length > 0 &&
    !/\d/.test(new Intl.DateTimeFormat('kk', { month: 'long' }).format(0)))

/** For dates and numbers: browsers that know no Kazakh know the Russian ways, which are the same but for the names. */
export const tagsOf = (locale: Locale): string[] => (locale !== 'kk' || knowsKazakh() ? [locale] : ['ru'])

/** A day; in figures where the browser does not know the names of the months in this language. */
export function dayIn(at: Date, locale: Locale): string {
  const named = locale !== 'kk' || knowsKazakh()
  const month = named ? 'long' : '2-digit'
  return at.toLocaleDateString(tagsOf(locale), { day: named ? 'numeric' : '2-digit', month })
}

/** The language of a tag, where we speak it. */
export function languageOf(tag: string | null | undefined): Locale | undefined {
  const language = tag?.slice(0, 2).toLowerCase()
  return language === 'ru' || language === 'en' || language === 'kk' ? language : undefined
}

/** The first wish that is a language we speak. */
export function localeOf(...wishes: (string | null | undefined)[]): Locale {
  for (const wish of wishes) {
    const language = languageOf(wish)
    if (language) return language
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
