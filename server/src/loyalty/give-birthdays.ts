import { dayNumber, daysIn, localTime, startOfDay } from './domain/calendar.ts'
import type { BirthdayCommand } from './domain/command.ts'
import type { Dailies } from './ports/dailies.ts'
import type { Projects } from './ports/neighbours.ts'
import type { Programs } from './ports/programs.ts'
import type { Engine } from './run-engine.ts'

type Dependencies = {
  programs: Programs
  projects: Projects
  engine: Engine
  dailies: Dailies
  now: () => Promise<number>
  /** Customers by month and day of birth, `MM-DD`, in id order. */
  bornOn: (
    projectId: string,
    monthDays: readonly string[],
    limit: number,
    after?: string,
  ) => Promise<string[]>
  isUnreachable: (error: unknown) => boolean
  onFault: (error: unknown, projectId: string, customerId: string) => void
}
type Gift = { customerId: string; command: BirthdayCommand }

const PAGE = 100
const HOUR = 9
const MOST_DAYS = 366

/** Gives birthday bonuses, by day, once a year each; goes on where it was cut off, and makes up for days that it missed. */
export function giveBirthdays({
  programs,
  projects,
  engine,
  dailies,
  now,
  bornOn,
  isUnreachable,
  onFault,
}: Dependencies) {
  async function give(projectId: string, tasks: Gift[]): Promise<void> {
    try {
      await engine.runCommands(projectId, tasks)
    } catch (error) {
      if (isUnreachable(error)) throw error
      for (const task of tasks) await giveOne(projectId, task)
    }
  }

  /** One customer who cannot be given it must not keep it from all the others, of all projects. */
  async function giveOne(projectId: string, task: Gift): Promise<void> {
    try {
      await engine.runCommand(projectId, task)
    } catch (error) {
      if (isUnreachable(error)) throw error
      onFault(error, projectId, task.customerId)
    }
  }

  async function giveIn(projectId: string): Promise<boolean> {
    const [{ timeZone, clockOffsetMs }, program] = await Promise.all([
      projects.facts(projectId),
      programs.current(projectId),
    ])
    const at = (await now()) + clockOffsetMs
    const today = dayNumber(at, timeZone)
    if (localTime(at, timeZone).hour < HOUR) return false
    const before = await dailies.find(projectId, 'birthdays')
    if (before !== undefined && before.day >= today && before.cursor === null) return false
    const isUnfinished = before !== undefined && before.cursor !== null
    const from = isUnfinished ? before.from : Math.max((before?.day ?? today - 1) + 1, today - MOST_DAYS)
    const until = isUnfinished ? before.day : today
    const monthDays = birthdaysFrom(from + program.birthday.daysBefore, until + program.birthday.daysBefore)
    const customerIds = await bornOn(projectId, monthDays, PAGE, before?.cursor ?? undefined)
    const { year } = localTime(startOfDay(until, timeZone), timeZone)
    const tasks = customerIds.map((customerId): Gift => ({ customerId, command: { kind: 'birthday', year } }))
    if (tasks.length > 0) await give(projectId, tasks)
    const more = customerIds.length === PAGE
    await dailies.put(projectId, 'birthdays', { day: until, from, cursor: more ? customerIds.at(-1)! : null })
    return more || until < today
  }

  return async (): Promise<boolean> => {
    let more = false
    for (const projectId of await programs.givingBirthdays()) more = (await giveIn(projectId)) || more
    return more
  }
}

/** Those born on 29 February are told on the 28th where there is no 29th. */
export function birthdaysFrom(firstDay: number, lastDay: number): string[] {
  const monthDays = new Set<string>()
  for (let number = firstDay; number <= lastDay; number++) {
    const date = new Date(number * 86_400_000)
    const [month, day] = [date.getUTCMonth() + 1, date.getUTCDate()]
    monthDays.add(written(month, day))
    if (month === 2 && day === 28 && daysIn(date.getUTCFullYear(), 2) === 28) monthDays.add(written(2, 29))
  }
  return [...monthDays]
}

function written(month: number, day: number): string {
  return `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
