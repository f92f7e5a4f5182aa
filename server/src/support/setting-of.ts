import type { Instant } from '../kernel/clock.ts'
import type { BusinessHours } from './domain/business-time.ts'
import type { Setting } from './domain/kept-ticket.ts'
import type { SupportSettings } from './domain/support-settings.ts'

type Dependencies = {
  settingsOf: (projectId: string) => Promise<SupportSettings>
  hoursOf: (projectId: string) => Promise<BusinessHours>
  shopOf: (projectId: string) => Promise<{ timeZone: string; clockOffsetMs: number }>
}

export type SettingOf = (projectId: string, databaseNow: Instant) => Promise<Setting>

/** The rules of a project and its moment: the database's clock, with the offset of a sandbox. */
export function settingOf({ settingsOf, hoursOf, shopOf }: Dependencies): SettingOf {
  return async (projectId, databaseNow) => {
    const [settings, hours, { timeZone, clockOffsetMs }] = await Promise.all([
      settingsOf(projectId),
      hoursOf(projectId),
      shopOf(projectId),
    ])
    return { settings, time: { hours, timeZone }, now: databaseNow + clockOffsetMs }
  }
}
