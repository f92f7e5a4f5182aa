import type { RawBody } from './raw-body.ts'

/** What {@link signBody} signs, and with what. */
export interface SignBodyOptions {
  /** Send these very bytes. */
  body: RawBody
  /** The key is this text as it stands, in UTF-8, `whsec_` included; nothing is decoded. At least 24 characters. */
  secret: string
}

/** What {@link verifyBodySignature} needs. */
export interface VerifyBodySignatureOptions {
  /** The bytes as they arrived, before any parser. */
  body: RawBody
  /**
   * The value of `X-Signature`: 64 hex digits in either case, with or without `sha256=` before them. May be passed as
   * the framework gives it; absent, doubled or malformed is `false`, not an error.
   */
  signature: string | readonly string[] | null | undefined
  /** Every secret that may still be in use, 1 to 10, as for {@link SignBodyOptions.secret}. */
  secrets: readonly string[]
}

const SIGNATURE = /^(?:sha256=)?([0-9a-f]{64})$/i

/** The 64 digits of an `X-Signature`, or nothing. */
export function readBodySignature(signature: VerifyBodySignatureOptions['signature']): string | undefined {
  const single = Array.isArray(signature) && signature.length === 1 ? (signature[0] as unknown) : signature
  return typeof single === 'string' ? SIGNATURE.exec(single)?.[1] : undefined
}
