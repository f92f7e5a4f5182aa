import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** Secrets at rest: AES-256-GCM, the first key encrypts, every key of the list decrypts. */
export type Vault = {
  seal(secret: string, context: string): Buffer
  open(sealed: Buffer, context: string): string
}

const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_ID_BYTES = 4

export function createVault(keys: readonly Buffer[]): Vault {
  const ring = keys.map((key) => ({
    key,
    id: createHash('sha256').update(key).digest().subarray(0, KEY_ID_BYTES),
  }))
  const [newest] = ring
  if (newest === undefined) throw new Error('A vault needs at least one key')

  return {
    /** The context (project and kind) is authenticated, so that a sealed secret moved to another row does not open. */
    seal(secret, context) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', newest.key, nonce).setAAD(Buffer.from(context))
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
      return Buffer.concat([newest.id, nonce, cipher.getAuthTag(), sealed])
    },
    open(sealed, context) {
      const key = ring.find(({ id }) => id.equals(sealed.subarray(0, KEY_ID_BYTES)))?.key
      if (key === undefined)
        throw new Error('A secret was sealed with a key that is not in TAPLINE_ENCRYPTION_KEYS')
      const nonce = sealed.subarray(KEY_ID_BYTES, KEY_ID_BYTES + NONCE_BYTES)
      const tag = sealed.subarray(KEY_ID_BYTES + NONCE_BYTES, KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce)
        .setAAD(Buffer.from(context))
        .setAuthTag(tag)
      const text = sealed.subarray(KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES)
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
    },
  }
}

/** By this a shown secret is found without being stored. Our secrets are random, so a plain hash is enough. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
