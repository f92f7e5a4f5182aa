import { monotonicFactory } from 'ulid'
import { ID_PREFIXES, type NewId } from '../kernel/ids.ts'

const next = monotonicFactory()

/** `cus_01JD…`: 48 bits of time and 80 of chance, rising within a process. */
export const newId: NewId = (kind) => `${ID_PREFIXES[kind]}_${next()}`
