import type { Transaction } from '../../kernel/transaction.ts'

/** `open` until somebody has pressed Start with it, `asked` until that person has said yes or no. */
export type LinkState = 'open' | 'asked' | 'confirmed' | 'declined' | 'claimed'

/** A one-time link into the bot, for the account of a customer or for the visitor of a page. */
export type Link = {
  projectId: string
  id: string
  code: string
  /** Of the session that asked for it. */
  participantId: string | null
  /** Whose account it links. */
  customerId: string | null
  /** What the page waits for: whoever links the account is asked for both at once. */
  holdId: string | null
  state: LinkState
  /** Who has opened it. */
  telegramId: string | null
  expiresAt: Date
}

export type NewLink = Pick<Link, 'projectId' | 'id' | 'code' | 'participantId' | 'customerId' | 'holdId'> & {
  token: string
  claim: string | null
}

/** Only what they are found by is kept of tokens and claims. `offsetMs`: what the project's clock is ahead by. */
export type Links = {
  /** Answers until when it is good. */
  add(link: NewLink, forMs: number, offsetMs: number): Promise<Date>
  /** Opens it for this person: undefined when it is used, too old or unknown. The same person may come again with the same update. */
  open(
    projectId: string,
    token: string,
    telegramId: string,
    offsetMs: number,
    updateId: number,
  ): Promise<Link | undefined>
  /** The one that this person was asked about. */
  asked(projectId: string, linkId: string, telegramId: string, offsetMs: number): Promise<Link | undefined>
  /** The newest of a page that this person has opened and could not say yes to, not being known yet. */
  waiting(projectId: string, telegramId: string, offsetMs: number): Promise<Link | undefined>
  answer(
    transaction: Transaction,
    projectId: string,
    linkId: string,
    answer: { state: 'confirmed' | 'declined'; customerId: string | null },
  ): Promise<void>
  /** Whose session the claim opens, once. */
  redeem(
    projectId: string,
    claim: string,
    offsetMs: number,
  ): Promise<{ customerId: string } | 'pending' | 'refused'>
  removeOf(
    transaction: Transaction,
    projectId: string,
    whose: { customerId?: string; telegramId?: string },
  ): Promise<void>
  forgetOld(olderThanMs: number, limit: number): Promise<number>
}
