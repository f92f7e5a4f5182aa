import { randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'
const GENERATED_BYTES = 32
const MIN_BYTES = 24
const MAX_BYTES = 64
const MAX_SECRETS = 10

/**
 * Makes a new signing secret: `whsec_` and the base64 of 32 random bytes, 50 characters.
 *
 * The same text serves both schemes, but as different keys: {@link signWebhook} uses the 32 decoded bytes,
 * {@link signBody} the 50 characters as they stand. Make one per endpoint, show it once, and store it as you store a
 * password that you have to read back.
 *
 * @example
 * const secret = generateSecret() // 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDQLxkr6eJ0Gg='
 */
export function generateSecret(): string {
  return PREFIX + randomBytes(GENERATED_BYTES).toString('base64')
}

/** The Standard Webhooks keys: what follows `whsec_` (the prefix may be absent), decoded. */
export function decodeSecrets(secrets: readonly string[]): Buffer[] {
  requireList(secrets)
  return secrets.map((secret, index) => decodeSecret(secret, `secrets[${index}]`))
}

/** The `X-Signature` keys are the secrets themselves; this only refuses what can be no secret. */
export function requireTextSecrets(secrets: readonly string[]): void {
  requireList(secrets)
  secrets.forEach((secret, index) => requireTextSecret(secret, `secrets[${index}]`))
}

/** One `X-Signature` key; `name` is what the caller knows it by. */
export function requireTextSecret(secret: unknown, name: string): asserts secret is string {
  requireText(secret, name)
  if (secret.length < MIN_BYTES) {
    throw new TypeError(
      `${name} has ${secret.length} characters: use at least ${MIN_BYTES} (generateSecret() makes one)`,
    )
  }
}

function decodeSecret(secret: unknown, name: string): Buffer {
  requireText(secret, name)
  const encoded = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret
  const key = Buffer.from(encoded, 'base64')
  // Buffer skips what it does not know: without the way back, a mistyped secret would be a different, valid key.
  if (key.toString('base64') !== encoded) {
    throw new TypeError(
      `${name} is not whsec_ and padded standard base64: copy it again, whole, with any "=" at its end`,
    )
  }
  if (key.length < MIN_BYTES || key.length > MAX_BYTES) {
    throw new TypeError(
      `${name} decodes to ${key.length} bytes: use ${MIN_BYTES} to ${MAX_BYTES} (generateSecret() makes one)`,
    )
  }
  return key
}

function requireText(secret: unknown, name: string): asserts secret is string {
  if (typeof secret !== 'string' || secret === '') {
    const kind = secret === '' ? 'empty' : secret === null ? 'null' : typeof secret
    throw new TypeError(`${name} is ${kind}, not a secret: check that the setting it comes from is there`)
  }
  if (secret !== secret.trim()) {
    throw new TypeError(`${name} begins or ends with white space: remove it where the secret is stored`)
  }
}

function requireList(secrets: unknown): void {
  if (!Array.isArray(secrets)) {
    throw new TypeError('secrets is not a list: pass an array, also for a single one')
  }
  if (secrets.length === 0) throw new TypeError('secrets is empty: pass at least one live secret')
  if (secrets.length > MAX_SECRETS) {
    throw new TypeError(
      `secrets has ${secrets.length} entries: pass at most ${MAX_SECRETS}, and drop retired ones`,
    )
  }
}
