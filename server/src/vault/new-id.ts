import { randomFillSync } from 'node:crypto'
import { monotonicFactory } from 'ulid'
import { ID_PREFIXES, type NewId } from '../kernel/ids.ts'

const random = Buffer.alloc(4_096)
let used = random.length

/** Random bytes are asked for by the page, not one at a time. */
function chance(): number {
  if (used === random.length) {
    randomFillSync(random)
    used = 0
  }
  return random[used++]! / 256
}

const next = monotonicFactory(chance)

/** `cus_01JD…`: 48 bits of time and 80 of chance, rising within a process. */
export const newId: NewId = (kind) => `${ID_PREFIXES[kind]}_${next()}`
