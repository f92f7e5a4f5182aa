import type { Refusal } from '../../kernel/refusal.ts'

/** What a shop's server has signed of whoever looks at its page. */
export type SignedIdentity = {
  externalId?: string
  email?: string
  phone?: string
  name?: string
}

export type Identities = {
  /** Why it proves nothing, when it does not. */
  verify(token: string, secrets: readonly string[]): SignedIdentity | { reason: string }
  /** The project's live ones, the newest first. */
  secretsOf(projectId: string): Promise<readonly string[]>
  /** Finds the customer, or makes it: the shop knows it, even if nothing was bought yet. */
  customerOf(projectId: string, identity: SignedIdentity): Promise<{ customerId: string } | Refusal>
}
