import type { Locale } from '../kernel/locale.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { isMarketing } from './domain/kind-of-notice.ts'
import { writeNotice } from './domain/write-notice.ts'
import { writeOwnerNotice } from './domain/write-owner-notice.ts'
import type { NewNotice, NoticeStore } from './ports/notice-store.ts'

export type PlannedEvent = { projectId: string; id: string; type: string; payload: Record<string, unknown> }

/** Where a customer can be reached, and in which language. */
export type Reach = { telegramId: string | null; telegramUnreachable: string | null; locale: Locale | null }

type Dependencies = {
  notices: NoticeStore
  /** Within the transaction, so that nobody is erased between the look and the notice. */
  reach: (transaction: Transaction, projectId: string, customerId: string) => Promise<Reach | undefined>
  shop: (projectId: string) => Promise<{ name: string; locale: Locale; timeZone: string }>
  hasChannel: (projectId: string) => Promise<boolean>
  /** Whether the customer has not said that it wants none of that. */
  mayAdvertise: (
    transaction: Transaction,
    projectId: string,
    customer: { customerId: string; telegramId: string },
  ) => Promise<boolean>
  /** Where the project's owner wants to be told of trouble. */
  owner: (projectId: string) => Promise<string | null>
}

/** A sink of the outbox: decides who is told of an event, and writes the notice in the same transaction. */
export function planNotices({ notices, reach, shop, hasChannel, mayAdvertise, owner }: Dependencies) {
  async function planForOwner(event: PlannedEvent): Promise<NewNotice | undefined> {
    const { projectId, id: eventId } = event
    const { name, locale, timeZone } = await shop(projectId)
    const text = writeOwnerNotice(event, { locale, shop: name, timeZone })
    const address = text === undefined ? null : await owner(projectId)
    if (text === undefined || address === null) return undefined
    return { projectId, eventId, customerId: null, channel: 'telegram', address, text }
  }

  return async (transaction: Transaction, events: PlannedEvent[]): Promise<void> => {
    const planned: NewNotice[] = []
    for (const event of events) {
      if (!(await hasChannel(event.projectId))) continue
      const toOwner = await planForOwner(event)
      if (toOwner !== undefined) planned.push(toOwner)
      const { customerId } = event.payload
      if (typeof customerId !== 'string') continue
      const person = await reach(transaction, event.projectId, customerId)
      if (person === undefined || person.telegramId === null || person.telegramUnreachable !== null) continue
      const { name, locale, timeZone } = await shop(event.projectId)
      const text = writeNotice(event, { locale: person.locale ?? locale, shop: name, timeZone })
      if (text === undefined) continue
      if (
        isMarketing(event) &&
        !(await mayAdvertise(transaction, event.projectId, { customerId, telegramId: person.telegramId }))
      )
        continue
      planned.push({
        projectId: event.projectId,
        eventId: event.id,
        customerId,
        channel: 'telegram',
        address: person.telegramId,
        text,
      })
    }
    if (planned.length > 0) await notices.add(transaction, planned)
  }
}
