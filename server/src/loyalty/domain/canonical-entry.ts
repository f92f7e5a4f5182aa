import { canonicalJson } from '../../kernel/canonical-json.ts'
import type { Entry } from './book.ts'

/** The bytes that an entry's hash covers. Ids only, no personal data: an erased customer leaves the chain whole. */
export function canonicalEntry(
  projectId: string,
  sequence: number,
  previousHash: string,
  entry: Entry,
): string {
  const {
    customerId,
    id,
    kind,
    reason,
    amountMinor,
    movements,
    debtMinor,
    orderRef,
    programVersion,
    details,
    occurredAt,
  } = entry
  const fields = [
    projectId, customerId, sequence, id, kind, reason, amountMinor,
    movements.map((movement) => [movement.lotId, movement.amountMinor]),
    orderRef, programVersion, details, occurredAt, previousHash,
  ] // prettier-ignore
  // Entries that move a debt came later; the others are as they always were.
  return canonicalJson(debtMinor === 0 ? [1, ...fields] : [2, ...fields, debtMinor])
}
