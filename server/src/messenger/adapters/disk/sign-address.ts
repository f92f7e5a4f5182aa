import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Instant } from '../../../kernel/clock.ts'
import type { Served } from '../../ports/attachment-store.ts'

/** What the bearer of an address may do, and until when. */
export type UploadGrant = { key: string; size: number; expiresAt: Instant }
export type FileGrant = { key: string; served: Served; expiresAt: Instant }
type Grants = { upload: UploadGrant; file: FileGrant }

export type AddressSigner = ReturnType<typeof addressSigner>

const KEY_BYTES = 32
const MAC_BYTES = 24
const LONGEST_TOKEN = 4_096

/** Addresses that nobody can make or change: what they grant stands in them, and a code over it. The first key signs, all verify. */
export function addressSigner(encryptionKeys: readonly Buffer[]) {
  const keys = encryptionKeys.map((key) =>
    Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'tapline attachment addresses', KEY_BYTES)),
  )
  const [newest] = keys
  if (newest === undefined) throw new Error('Addresses of files need at least one key')
  const codeOf = (key: Buffer, purpose: keyof Grants, body: string) =>
    createHmac('sha256', key).update(`${purpose}.${body}`).digest().subarray(0, MAC_BYTES)

  return {
    sign<Purpose extends keyof Grants>(purpose: Purpose, grant: Grants[Purpose]): string {
      const body = Buffer.from(JSON.stringify(grant)).toString('base64url')
      return `${body}.${codeOf(newest, purpose, body).toString('base64url')}`
    },
    /** Undefined when it is not ours; whether its time is over is for the caller to judge. */
    read<Purpose extends keyof Grants>(purpose: Purpose, token: string): Grants[Purpose] | undefined {
      const [, body, code] = /^([\w-]+)\.([\w-]{32})$/.exec(token.slice(0, LONGEST_TOKEN + 1)) ?? []
      if (body === undefined || code === undefined || token.length > LONGEST_TOKEN) return undefined
      const given = Buffer.from(code, 'base64url')
      const isOurs = keys.some((key) => timingSafeEqual(codeOf(key, purpose, body), given))
      return isOurs ? (JSON.parse(Buffer.from(body, 'base64url').toString()) as Grants[Purpose]) : undefined
    },
  }
}
