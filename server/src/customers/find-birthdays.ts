import type { IdentityStore } from './ports/identity-store.ts'

/**
 * Customers born on one of these days, written `MM-DD`, in id order after the one given. Who was born on the 29th of February
 * is found under that day only: a caller who wants them in other years asks for both days.
 */
export function findBirthdays({ identities }: { identities: Pick<IdentityStore, 'bornOn'> }) {
  return (
    projectId: string,
    monthDays: readonly string[],
    limit: number,
    afterCustomerId?: string,
  ): Promise<string[]> => identities.bornOn(projectId, monthDays.map(dayNumber), limit, afterCustomerId)
}

function dayNumber(monthDay: string): number {
  if (!/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(monthDay))
    throw new RangeError(`${monthDay} is no day written MM-DD`)
  return Number(monthDay.replace('-', ''))
}
