import type { Instant } from '../kernel/clock.ts'
import { supportReport, type SupportReport } from './domain/report.ts'
import type { AgentStore } from './ports/agent-store.ts'
import type { After, TicketArchive } from './ports/ticket-archive.ts'
import type { TicketStore } from './ports/ticket-store.ts'
import type { SettingOf } from './setting-of.ts'

type Dependencies = {
  archive: TicketArchive
  store: Pick<TicketStore, 'loads'>
  agents: Pick<AgentStore, 'names'>
  settingOf: SettingOf
}

const PAGE = 1_000

/** How support did with what was opened in a time, read page by page. */
export function reportSupport({ archive, store, agents, settingOf }: Dependencies) {
  return async (projectId: string, from: Instant, to: Instant): Promise<SupportReport> => {
    const { time } = await settingOf(projectId, 0)
    const report = supportReport(time, from, to)
    const range = { from: new Date(from), to: new Date(to) }
    let after: After | undefined
    for (;;) {
      const page = await archive.reported(projectId, range, PAGE, after)
      for (const ticket of page) report.add(ticket)
      after = page.at(-1)
      if (page.length < PAGE) break
    }
    const [team, loads] = await Promise.all([agents.names(projectId), store.loads(projectId)])
    // Who left is there for what was done.
    return report.done(
      team.filter(({ id, removed }) => !removed || report.hasWorked(id) || loads.has(id)),
      loads,
    )
  }
}
