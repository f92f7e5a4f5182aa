import { isLocale, type Locale } from '../kernel/locale.ts'

/** The best of our languages that the caller accepts, or undefined when none is named. */
export function localeOf(acceptLanguage: string | string[] | undefined): Locale | undefined {
  if (typeof acceptLanguage !== 'string') return undefined
  const wishes = acceptLanguage
    .slice(0, 200)
    .split(',')
    .map((wish) => {
      const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';')
      const quality = parameters
        .map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1])
        .find((q) => q !== undefined)
      return { language: tag.split('-')[0]!.trim(), quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .sort((left, right) => right.quality - left.quality)
  return wishes.map(({ language }) => language).find(isLocale)
}
