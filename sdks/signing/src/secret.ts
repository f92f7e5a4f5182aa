import { mistake } from './mistake.ts'

export const PREFIX = 'whsec_'
export const GENERATED_BYTES = 32
const MIN_BYTES = 24
const MAX_BYTES = 64
const MAX_SECRETS = 10

// The only standard spelling of any bytes: decoders skip what they do not know, so a mistyped secret would be another key.
const STANDARD_BASE64 = /^[A-Za-z0-9+/]*(?:[AQgw]==|[AEIMQUYcgkosw048]=)?$/

/** The Standard Webhooks keys: what follows `whsec_` (the prefix may be absent), decoded. */
export function decodeSecrets<Key extends Uint8Array>(
  secrets: readonly string[],
  decode: (base64: string) => Key,
): Key[] {
  requireList(secrets)
  return secrets.map((secret, index) => {
    const name = `secrets[${index}]`
    requireText(secret, name)
    const encoded = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret
    if (encoded.length % 4 !== 0 || !STANDARD_BASE64.test(encoded)) {
      mistake(`${name} is not padded base64: copy it again, whole`)
    }
    const key = decode(encoded)
    if (key.length < MIN_BYTES || key.length > MAX_BYTES) {
      mistake(`${name} has ${key.length} bytes: use ${MIN_BYTES} to ${MAX_BYTES}`)
    }
    return key
  })
}

/** The `X-Signature` keys are the secrets themselves; this only refuses what can be no secret. */
export function requireTextSecrets(secrets: readonly string[], minimum?: number): void {
  requireList(secrets)
  secrets.forEach((secret, index) => requireTextSecret(secret, `secrets[${index}]`, minimum))
}

/** One key that is the text itself; `name` is what the caller knows it by, `minimum` the characters it must have. */
export function requireTextSecret(
  secret: unknown,
  name: string,
  minimum = MIN_BYTES,
): asserts secret is string {
  requireText(secret, name)
  if (secret.length < minimum) mistake(`${name} has ${secret.length} characters: use at least ${minimum}`)
}

function requireText(secret: unknown, name: string): asserts secret is string {
  if (typeof secret !== 'string' || !secret || secret !== secret.trim()) {
    mistake(`${name} is no text, or has white space around it: check its setting`)
  }
}

function requireList(secrets: unknown): void {
  if (!Array.isArray(secrets) || !secrets.length || secrets.length > MAX_SECRETS) {
    mistake(`secrets must be an array of 1 to ${MAX_SECRETS}`)
  }
}
