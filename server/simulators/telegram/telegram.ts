import type { Settings } from './settings.ts'
import type { Bots } from './bots.ts'
import type { Calls } from './calls.ts'
import type { ChatActions } from './chat-actions.ts'
import type { MovableClock } from './clock.ts'
import type { Faults } from './faults.ts'
import type { Feed } from '../feed.ts'
import type { Files } from './files.ts'
import type { Groups } from './groups.ts'
import type { Messages } from './messages.ts'
import type { Pace } from './pace.ts'
import type { People } from './people.ts'
import type { Polls } from './polling.ts'
import type { Webhooks } from './webhooks.ts'

/** Everything the stand-in remembers; each part is a file of its own. */
export interface Telegram {
  clock: MovableClock
  settings: Settings
  bots: Bots
  people: People
  groups: Groups
  messages: Messages
  files: Files
  chatActions: ChatActions
  pace: Pace
  faults: Faults
  calls: Calls
  polls: Polls
  webhooks: Webhooks
  feed: Feed
}
