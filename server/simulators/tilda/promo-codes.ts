import type { KnownPromoCode } from './site.ts'
import type { Tilda } from './tilda.ts'

export const sameCode = (a: string, b: string) => a.trim().toUpperCase() === b.trim().toUpperCase()

/** A code that the owner made or imported and that is not used up. */
export function usablePromoCode({ site, uses }: Tilda, typed: string): KnownPromoCode | undefined {
  const known = site.promoCodes.find(({ code }) => sameCode(code, typed))
  if (!known) return undefined
  return known.uses !== undefined && (uses.get(known.code) ?? 0) >= known.uses ? undefined : known
}

export function countUse({ site, uses }: Tilda, typed: string): void {
  const known = site.promoCodes.find(({ code }) => sameCode(code, typed))
  if (known) uses.set(known.code, (uses.get(known.code) ?? 0) + 1)
}
