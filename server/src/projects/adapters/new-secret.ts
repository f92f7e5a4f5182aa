import { randomBytes } from 'node:crypto'
import { generateSecret } from '@tapline/signing'
import type { SecretKind } from '../domain/project.ts'

const PREFIXES: Record<Exclude<SecretKind, 'signing-secret'>, string> = {
  'webhook-secret': 'whk_',
  'secret-key': 'sk_',
  'publishable-key': 'pk_',
  'tilda-api-key': 'tk_',
}

/** 256 random bits, safe in an address and in a shell. */
export function newSecret(kind: SecretKind): string {
  return kind === 'signing-secret' ? generateSecret() : PREFIXES[kind] + randomBytes(32).toString('base64url')
}
