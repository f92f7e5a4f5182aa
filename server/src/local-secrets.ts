import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { newEncryptionKey } from './config.ts'

export type LocalSecrets = { operatorToken: string; encryptionKey: string; created: boolean }

/** On a laptop the secrets that a host would set are made once and kept in the data directory, for its owner only. */
export async function localSecrets(dataDirectory: string): Promise<LocalSecrets> {
  const path = join(dataDirectory, 'secrets.json')
  try {
    return { ...(JSON.parse(await readFile(path, 'utf8')) as Omit<LocalSecrets, 'created'>), created: false }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new Error(`${path} cannot be read; restore it, or delete the data directory to begin anew`, {
        cause: error,
      })
  }
  const secrets = {
    operatorToken: `op_${randomBytes(24).toString('base64url')}`,
    encryptionKey: newEncryptionKey().toString('base64'),
  }
  await mkdir(dataDirectory, { recursive: true, mode: 0o700 })
  await writeFile(`${path}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 })
  await rename(`${path}.new`, path)
  return { ...secrets, created: true }
}
