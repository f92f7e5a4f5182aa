import type { Transaction } from '../../kernel/transaction.ts'

export type PromptState = 'asked' | 'confirmed' | 'declined' | 'expired' | 'released'

/** A hold that somebody is asked to confirm. */
export type Prompt = {
  projectId: string
  holdId: string
  telegramId: string
  customerId: string
  orderId: string | null
  /** As people say it. */
  amount: string
  state: PromptState
}

export type Prompts = {
  /** False: this person was asked already. */
  add(transaction: Transaction, prompt: Omit<Prompt, 'state'>): Promise<boolean>
  find(projectId: string, holdId: string): Promise<Prompt | undefined>
  /** Only of one that nobody has answered; one that was confirmed may be released or expire. Answers which. */
  settle(
    transaction: Transaction,
    projectId: string,
    holdId: string,
    state: Exclude<PromptState, 'asked'>,
  ): Promise<Prompt | undefined>
  removeOf(transaction: Transaction, projectId: string, customerId: string): Promise<void>
}
