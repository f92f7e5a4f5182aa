import { isLocale, type Locale } from '../../kernel/locale.ts'
import type { UnitOfWork } from '../../kernel/transaction.ts'
import type { Sender } from '../domain/update.ts'
import type { Chat } from '../ports/neighbours.ts'
import type { People } from '../ports/people.ts'
import type { Speaking } from './open-turn.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  people: Pick<People, 'find' | 'add' | 'change'>
  chat: Pick<Chat, 'newVisitor' | 'ofCustomer' | 'rename'>
}

/** Who writes: as a customer who was proven, or as a visitor like those of a page. */
export function knowPerson({ unitOfWork, people, chat }: Dependencies) {
  return async (projectId: string, sender: Sender): Promise<Speaking> => {
    const { id: telegramId, name, username, language } = sender
    let person = await people.find(projectId, telegramId)
    if (person === undefined) {
      const { id: participantId } = await chat.newVisitor(projectId, name)
      await people.add({ projectId, telegramId, participantId, locale: localeOf(language), name, username })
      person = (await people.find(projectId, telegramId))!
    }
    const renamed = person.name !== name || person.username !== username ? { name, username } : {}
    const { participantId, customerId } = person
    if (participantId !== null && Object.keys(renamed).length === 0) return { ...person, participantId }
    if (participantId !== null && customerId === null && person.name !== name)
      await chat.rename(projectId, participantId, name)
    const visitor =
      participantId === null && customerId === null ? await chat.newVisitor(projectId, name) : undefined
    return unitOfWork(async (transaction) => {
      const speaker =
        participantId ??
        (visitor ?? (await chat.ofCustomer(transaction, projectId, { customerId: customerId!, name: null })))
          .id
      await people.change(transaction, projectId, telegramId, { ...renamed, participantId: speaker })
      return { ...person, ...renamed, participantId: speaker }
    })
  }
}

/** Undefined is the project's own. */
function localeOf(language: string | null): Locale | null {
  const [short] = (language ?? '').toLowerCase().split('-')
  return short !== undefined && isLocale(short) ? short : null
}
