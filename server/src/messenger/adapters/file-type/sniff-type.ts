import { fileTypeFromBuffer } from 'file-type'
import type { Sniff } from '../../ports/attachment-store.ts'

/** By the signatures that files begin with. */
export const sniffType: Sniff = async (start) => (await fileTypeFromBuffer(start))?.mime
