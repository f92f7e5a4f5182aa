import type { Transaction } from '../../kernel/transaction.ts'
import type { Attachment, RefusedWhy } from '../domain/attachment.ts'

export type Announced = Pick<
  Attachment,
  'projectId' | 'conversationId' | 'id' | 'senderId' | 'clientId' | 'name' | 'size' | 'declaredType' | 'text'
>

/** One that it is time to look at. */
export type Due = { attachment: Attachment; /** Nobody can upload it any more. */ over: boolean }

/** The rows. `message…` of one is known as soon as its message stands in the conversation. */
export type Attachments = {
  /** What this sender announced by this name, with a whole hour to upload it from now on. */
  renew(
    key: Pick<Attachment, 'projectId' | 'conversationId' | 'senderId' | 'clientId'>,
  ): Promise<Attachment | undefined>
  /** False when its sender announced one of this name a moment before. */
  add(announced: Announced): Promise<boolean>
  find(projectId: string, id: string): Promise<Attachment | undefined>
  findMany(projectId: string, ids: readonly string[]): Promise<Attachment[]>
  /** False when it was not pending any more. */
  markReady(of: Attachment, found: { type: string; storageKey: string }): Promise<boolean>
  tie(of: Attachment, message: { messageId: string; sequence: number }): Promise<void>
  /** False when it was settled already. */
  refuse(of: Attachment, why: RefusedWhy): Promise<boolean>
  /** Its message was deleted. In the transaction of that, so that nothing is left behind; the bytes go a moment later. */
  markRemoved(transaction: Transaction | undefined, projectId: string, ids: readonly string[]): Promise<void>
  /** Its bytes are gone. */
  bare(of: Attachment): Promise<void>
  /** Its time is over and nothing came: it may be announced anew. False when it was by now. */
  forget(of: Attachment): Promise<boolean>
  /** Taken for a while, each time a longer one, so that several may look. */
  takeDue(lane: number, most: number): Promise<Due[]>
}
