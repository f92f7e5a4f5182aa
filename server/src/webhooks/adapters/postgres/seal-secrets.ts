import type { Vault } from '../../../vault/vault.ts'
import type { EndpointSecret } from '../../domain/endpoint.ts'

type Key = { projectId: string; id: string }

/** The secrets of one endpoint, at rest: what was sealed for one does not open for another. */
export function sealing(vault: Vault) {
  const context = ({ projectId, id }: Key) => `${projectId}/${id}/webhook-secrets`
  return {
    seal: (key: Key, secrets: EndpointSecret[]): Buffer => vault.seal(JSON.stringify(secrets), context(key)),
    /** None when they do not open, for want of an old key: then nothing is signed, and a rotation makes new ones. */
    open(key: Key, sealed: Buffer): EndpointSecret[] {
      try {
        return JSON.parse(vault.open(sealed, context(key))) as EndpointSecret[]
      } catch {
        return []
      }
    },
  }
}
