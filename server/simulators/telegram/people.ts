import { forgetOldest } from '../bounded.ts'

export interface Person {
  id: number
  firstName: string
  lastName: string | undefined
  username: string | undefined
  languageCode: string | undefined
  /** Digits alone, as Telegram shares it. */
  phone: string
  deactivated: boolean
}

export interface NewPerson {
  id?: number
  firstName?: string
  lastName?: string
  username?: string
  languageCode?: string
  phone?: string
}

export interface PersonChanges {
  firstName?: string
  lastName?: string
  username?: string | null
  languageCode?: string
  phone?: string
}

const MOST_PEOPLE = 10_000
const FIRST_ID = 1001
const NUMBERS = 10_000_000

export type People = ReturnType<typeof people>

/** `firstId`: of those who are made without one. Whoever remembers people over a restart gives one that was not there before. */
export function people(firstId = FIRST_ID) {
  const known = new Map<number, Person>()
  let nextId = firstId

  return {
    find: (id: number) => known.get(id),
    all: () => [...known.values()],
    create({ id, firstName, lastName, username, languageCode, phone }: NewPerson): Person {
      while (id === undefined && known.has(nextId)) nextId++
      const person = {
        id: id ?? nextId++,
        firstName: firstName ?? `Customer ${id ?? nextId - 1}`,
        lastName,
        username,
        languageCode,
        phone: phone ?? `7900${String((id ?? nextId - 1) % NUMBERS).padStart(7, '0')}`,
        deactivated: false,
      }
      known.set(person.id, person)
      forgetOldest(known, MOST_PEOPLE)
      return person
    },
  }
}

export function userOf(person: Person) {
  return {
    id: person.id,
    is_bot: false,
    first_name: person.deactivated ? '' : person.firstName,
    ...(person.lastName && { last_name: person.lastName }),
    ...(person.username && { username: person.username }),
    ...(person.languageCode && { language_code: person.languageCode }),
  }
}

export function privateChatOf(person: Person) {
  return {
    id: person.id,
    type: 'private',
    first_name: person.deactivated ? '' : person.firstName,
    ...(person.lastName && { last_name: person.lastName }),
    ...(person.username && { username: person.username }),
  }
}
