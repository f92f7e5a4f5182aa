import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto' // prettier-ignore
import type { Transaction } from '../../../kernel/transaction.ts'
import { sqlOf, type Sql } from '../../../postgres/sql.ts'
import type { Vault } from '../../../vault/vault.ts'
import type { Signer } from '../../ports/proofs.ts'

type KeyRow = { id: string; sealed: Buffer }
const KEY_ID_CHARACTERS = 16

/**
 * Ed25519 keys, sealed by the vault. A key counts only as far as its sealed half opens:
 * one that somebody wrote into the table without the vault's keys signs nothing and verifies nothing.
 */
export function postgresSigner({ sql, vault }: { sql: Sql; vault: Vault }): Signer {
  const context = (id: string) => `proof-key/${id}`
  const open = ({ id, sealed }: KeyRow): KeyObject => createPrivateKey(vault.open(sealed, context(id)))

  async function newest(on: Sql): Promise<KeyRow | undefined> {
    const [row] = await on.query<KeyRow>('select id, sealed from proof_keys order by number desc limit 1')
    return row
  }

  /** Of several that make the next key at once, one does. */
  async function make(on: Sql, after: string): Promise<KeyRow> {
    const { privateKey } = generateKeyPairSync('ed25519')
    const id = idOf(privateKey)
    const sealed = vault.seal(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, context(id))
    await on.query(
      `insert into proof_keys (number, id, public_key, sealed) values (${after}, $1, $2, $3) on conflict do nothing`,
      [id, pemOf(privateKey), sealed],
    )
    return (await newest(on))!
  }

  return {
    async sign(transaction: Transaction, text) {
      const on = sqlOf(transaction)
      const key = (await newest(on)) ?? (await make(on, '1'))
      return { keyId: key.id, signature: sign(null, Buffer.from(text), open(key)).toString('base64') }
    },

    async verify(transaction, text, { keyId, signature }) {
      const [key] = await sqlOf(transaction).query<KeyRow>(
        'select id, sealed from proof_keys where id = $1',
        [keyId],
      )
      const opened = key && opens(() => open(key))
      return (
        opened !== undefined &&
        verify(null, Buffer.from(text), createPublicKey(opened), Buffer.from(signature, 'base64'))
      )
    },

    async publicKeys() {
      const rows = await sql.query<KeyRow>('select id, sealed from proof_keys order by number desc')
      return rows.flatMap((row) => {
        const key = opens(() => open(row))
        return key === undefined ? [] : { keyId: row.id, publicKey: pemOf(key) }
      })
    },

    async replaceKey() {
      const key = await make(sql, '(select coalesce(max(number), 0) + 1 from proof_keys)')
      return { keyId: key.id, publicKey: pemOf(open(key)) }
    },
  }
}

function opens(open: () => KeyObject): KeyObject | undefined {
  try {
    return open()
  } catch {
    return undefined
  }
}

function pemOf(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }) as string
}

function idOf(key: KeyObject): string {
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(der).digest('hex').slice(0, KEY_ID_CHARACTERS)
}
