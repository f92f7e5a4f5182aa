import { createHash } from 'node:crypto'

/** Four digits that two screens show of the same hold, so that a person sees that both mean the same. They prove nothing. */
export function codeOfHold(holdId: string): string {
  return String(createHash('sha256').update(holdId).digest().readUInt32BE(0) % 10_000).padStart(4, '0')
}
