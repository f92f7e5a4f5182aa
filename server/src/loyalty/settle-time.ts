import type { Ledger } from './ports/ledger.ts'
import type { Engine } from './run-engine.ts'

const SLICE = 100

/** Writes down activations and expiries whose day has come. Late or never run, it changes no balance: they are judged at use. */
export function settleTime({ ledger, engine }: { ledger: Ledger; engine: Engine }) {
  return async (): Promise<boolean> => {
    const due = await ledger.due(SLICE)
    for (const { projectId, customerId } of due) {
      await engine.runCommand(projectId, { customerId, command: { kind: 'settle' } })
    }
    return due.length > 0
  }
}
