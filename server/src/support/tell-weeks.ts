import { DAY_MS, type Instant } from '../kernel/clock.ts'
import type { Transaction, UnitOfWork } from '../kernel/transaction.ts'
import { dateIn, startOfDay } from './domain/business-time.ts'
import type { Weeks } from './ports/weeks.ts'
import type { reportSupport } from './report-support.ts'
import type { SettingOf } from './setting-of.ts'

type Dependencies = {
  unitOfWork: UnitOfWork
  weeks: Weeks
  report: ReturnType<typeof reportSupport>
  settingOf: SettingOf
  events: {
    add(transaction: Transaction, projectId: string, events: { type: string }[]): Promise<void>
  }
  onFault: (error: unknown, projectId: string) => void
}

const PAGE = 200
const HOUR_MS = 3_600_000
const AT_HOUR = 9

/** On Monday morning of its zone each project's owner is told of the week before, once; a week without tickets in silence. */
export function tellWeeks({ unitOfWork, weeks, report, settingOf, events, onFault }: Dependencies) {
  async function tell(projectId: string): Promise<void> {
    const { settings, time, now } = await settingOf(projectId, Date.now())
    const monday = mondayOf(dateIn(time.timeZone, now))
    const to = startOfDay(time.timeZone, monday)
    if (now < to + AT_HOUR * HOUR_MS) return
    const from = startOfDay(time.timeZone, daysLater(monday, -7))
    const week = await report(projectId, from, to)
    await unitOfWork(async (transaction) => {
      if (!(await weeks.claim(transaction, projectId, monday))) return
      if (settings.weeklyReport && week.opened > 0)
        await events.add(transaction, projectId, [told(week, from)])
    })
  }

  return async (): Promise<boolean> => {
    for (let after: string | undefined; ;) {
      const page = await weeks.waiting(PAGE, after)
      for (const projectId of page) await tell(projectId).catch((error: unknown) => onFault(error, projectId))
      after = page.at(-1)
      if (page.length < PAGE) return false
    }
  }
}

/** An event of ours alone: whoever writes to the owner reads it, webhooks know no such type. */
function told(week: Awaited<ReturnType<ReturnType<typeof reportSupport>>>, from: Instant) {
  const { to, opened, solved, reopened, firstAnswer, promises, rating } = week
  return {
    type: 'support.weekly',
    ...{ from, to, opened, solved, reopened },
    firstAnswerP50Minutes: firstAnswer.p50Minutes,
    firstAnswerP90Minutes: firstAnswer.p90Minutes,
    firstAnswerKept: promises.firstAnswerKept,
    rating: rating.average,
    ratings: rating.count,
  }
}

function mondayOf(date: string): string {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay()
  return daysLater(date, -((day + 6) % 7))
}

function daysLater(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}
