import type { components } from '@tapline/openapi'
import type { Handlers } from '../../../http/handlers.ts'
import { refuse } from '../../../kernel/refusal.ts'
import type { Checkpoint } from '../../domain/checkpoint.ts'
import type { Proofs, Signer } from '../../ports/proofs.ts'
import type { Proving } from '../../prove-books.ts'

type Schemas = components['schemas']
type Dependencies = { proofs: Proofs; signer: Signer; start: Proving['start'] }
type Operations = 'getBookProof' | 'proveBooks' | 'listCheckpoints' | 'listCheckpointHeads'

const PAGE = 50
const HEADS = 1_000
const WHOLE = /^\d{1,15}$/

export function proofHandlers({ proofs, signer, start }: Dependencies): Pick<Handlers, Operations> {
  async function proof(projectId: string): Promise<Schemas['BookProof']> {
    const [run, checkpoint, publicKeys] = await Promise.all([
      proofs.run(projectId),
      proofs.newest(undefined, projectId),
      signer.publicKeys(),
    ])
    const running = run && {
      accountsDone: run.tree.size,
      accountsTotal: Math.max(run.accountsTotal, run.tree.size),
    }
    return {
      state: checkpoint === undefined ? 'unproven' : checkpoint.problemsCount === 0 ? 'intact' : 'broken',
      running: running ?? null,
      checkedAt: checkpoint === undefined ? null : new Date(checkpoint.takenAt).toISOString(),
      accounts: checkpoint?.accounts ?? 0,
      entries: checkpoint?.entries ?? 0,
      checkpoint: checkpoint === undefined ? null : present(checkpoint),
      publicKeys,
      problems: checkpoint?.problems ?? [],
      problemsCount: checkpoint?.problemsCount ?? 0,
    }
  }

  return {
    getBookProof: async ({ caller: { projectId } }) => ({ status: 200, body: await proof(projectId) }),

    proveBooks: async ({ caller: { projectId } }) => {
      await start(projectId)
      return { status: 202, body: await proof(projectId) }
    },

    listCheckpoints: async ({ caller: { projectId }, query }) => {
      if (query.cursor !== undefined && !WHOLE.test(query.cursor)) return refuse('invalid-request')
      const before = query.cursor === undefined ? undefined : Number(query.cursor)
      const { data, nextCursor } = await proofs.list(projectId, query.limit ?? PAGE, before)
      return { status: 200, body: { data: data.map(present), nextCursor } }
    },

    listCheckpointHeads: async ({ caller: { projectId }, path, query }) => {
      const checkpoint = await proofs.find(undefined, projectId, { id: path.checkpointId })
      if (checkpoint === undefined) return refuse('checkpoint-not-found')
      const limit = query.limit ?? HEADS
      return {
        status: 200,
        body: await proofs.heads(projectId, checkpoint.number, limit, query.cursor ?? ''),
      }
    },
  }
}

function present({ problems: _problems, takenAt, ...checkpoint }: Checkpoint): Schemas['Checkpoint'] {
  return { ...checkpoint, takenAt: new Date(takenAt).toISOString() }
}
