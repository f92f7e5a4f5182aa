import { EN, type Texts } from './texts-en.ts'
import { RU } from './texts-ru.ts'

export type Language = 'en' | 'ru' | 'kk'

/** The terminal's language, as POSIX names it. */
export function languageOf(environment: Record<string, string | undefined>): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = environment
  const [language] = (LC_ALL || LC_MESSAGES || LANG || '').toLowerCase().split(/[_.@-]/)
  return language === 'ru' || language === 'kk' ? language : 'en'
}

/** The server's own sentences come in Kazakh too; ours do not yet. */
export function textsIn(language: Language): Texts {
  return language === 'ru' ? RU : EN
}
