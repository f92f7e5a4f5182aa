import type { Refusal } from '../../kernel/refusal.ts'

/** A customer says "it is me" somewhere else, and the page that asked for it knows the claim. */
export type Proofs = {
  /** Whom a claim proves: once. Refused with `proof-pending` until the customer has answered, else with `proof-refused`. */
  redeem(projectId: string, claim: string): Promise<{ customerId: string; name: string | null } | Refusal>
}
