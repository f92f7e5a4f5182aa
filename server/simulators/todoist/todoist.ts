import type { Announce } from './announce.ts'
import type { Apps } from './apps.ts'
import type { Budgets } from './budgets.ts'
import type { Calls } from './calls.ts'
import type { Changes } from './changes.ts'
import type { Clock } from './clock.ts'
import type { Faults } from './faults.ts'
import type { Feed } from '../feed.ts'
import type { Files } from './files.ts'
import type { Items } from './items.ts'
import type { Labels } from './labels.ts'
import type { Notes } from './notes.ts'
import type { Projects } from './projects.ts'
import type { Sections } from './sections.ts'
import type { Settings } from './settings.ts'
import type { CommandAnswers } from './sync/command-answers.ts'
import type { Users } from './users.ts'
import type { Webhooks } from './webhooks.ts'

/** Everything the stand-in remembers; each part is a file of its own. */
export interface Todoist {
  clock: Clock
  settings: Settings
  users: Users
  projects: Projects
  sections: Sections
  items: Items
  notes: Notes
  labels: Labels
  changes: Changes
  commandAnswers: CommandAnswers
  budgets: Budgets
  apps: Apps
  announce: Announce
  webhooks: Webhooks
  files: Files
  faults: Faults
  calls: Calls
  feed: Feed
}
