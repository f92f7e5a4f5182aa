import { isRefusal, refuse, type Refusal } from '../kernel/refusal.ts'
import { remember } from '../kernel/remember.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import { unknownVariableIn, VARIABLES } from './domain/fill-template.ts'
import {
  agentsNamedIn,
  FIRST_SUPPORT_SETTINGS,
  readSupportSettings,
  type GivenSupportSettings,
  type SupportSettings,
} from './domain/support-settings.ts'
import type { AgentStore } from './ports/agent-store.ts'
import type { Audit } from './ports/neighbours.ts'
import type { SettingsStore } from './ports/settings-store.ts'

type Dependencies = {
  store: SettingsStore
  unitOfWork: UnitOfWork
  agents: Pick<AgentStore, 'find'>
  /** A project that has a board has support, unless it says otherwise. */
  hasBoard: (projectId: string) => Promise<boolean>
  /** An amount of the project's money; undefined when it is none. */
  parseMoney: (projectId: string, amount: string) => Promise<number | undefined>
  /** The clock looks at tickets by the new rules. */
  lookAgain: (transaction: Transaction, projectId: string) => Promise<void>
  record: Audit
}

const FRESH_MS = 1_000

/** How support works in each project, with all defaults; a change reaches every process within a second. */
export function keepSupportSettings({
  store,
  unitOfWork,
  agents,
  hasBoard,
  parseMoney,
  lookAgain,
  record,
}: Dependencies) {
  const of = remember(
    async (projectId): Promise<SupportSettings> => {
      const stored = await store.find(projectId)
      const enabled = stored?.enabled ?? (stored !== undefined || (await hasBoard(projectId)))
      return { ...complete(stored), enabled }
    },
    { forMs: FRESH_MS },
  )

  async function wrongWith(projectId: string, settings: SupportSettings): Promise<Refusal | undefined> {
    for (const agentId of agentsNamedIn(settings))
      if ((await agents.find(projectId, agentId)) === undefined) return refuse('agent-not-found', { agentId })
    for (const amount of [settings.bonusPerCommand, settings.bonusPerAgentDay])
      if (amount !== null && (await parseMoney(projectId, amount)) === undefined)
        return refuse('settings-invalid', { why: `${amount} is no amount of the project's currency` })
    const why = brokenPromise(settings) ?? unsaidWord(settings)
    return why === undefined ? undefined : refuse('settings-invalid', { why })
  }

  return {
    of: (projectId: string): Promise<SupportSettings> => of(projectId),
    /** A board came or went. */
    forget: (projectId: string): void => of.forget(projectId),

    async put(projectId: string, given: GivenSupportSettings): Promise<SupportSettings | Refusal> {
      const settings = readSupportSettings(given)
      const refusal = isRefusal(settings) ? settings : await wrongWith(projectId, settings)
      if (refusal !== undefined) return refusal
      await unitOfWork(async (transaction) => {
        const before = complete(await store.put(transaction, projectId, given))
        const changed = (Object.keys(settings) as (keyof SupportSettings)[]).filter(
          (name) => JSON.stringify(before[name]) !== JSON.stringify((settings as SupportSettings)[name]),
        )
        if (changed.length === 0) return
        await lookAgain(transaction, projectId)
        await record(transaction, projectId, 'support-settings.changed', { changed })
      })
      of.forget(projectId)
      return of(projectId)
    },
  }
}

function brokenPromise({ firstAnswerMinutes: first, resolutionMinutes: whole }: SupportSettings) {
  return first !== null && whole !== null && first > whole
    ? `firstAnswerMinutes (${first}) is longer than resolutionMinutes (${whole})`
    : undefined
}

function unsaidWord({ answers }: SupportSettings): string | undefined {
  for (const { name, text } of answers)
    for (const [locale, words] of Object.entries(text)) {
      const unknown = unknownVariableIn(words ?? '')
      if (unknown !== undefined)
        return `the answer ${name} in ${locale} has {${unknown}}, and there are ${VARIABLES.map((one) => `{${one}}`).join(', ')}`
    }
  return undefined
}

/** What was stored by rules that have become stricter since must not stop the desk. */
function complete(stored: GivenSupportSettings | undefined): SupportSettings {
  const settings = readSupportSettings(stored ?? {})
  return isRefusal(settings) ? FIRST_SUPPORT_SETTINGS : settings
}

export type KeptSupportSettings = ReturnType<typeof keepSupportSettings>
