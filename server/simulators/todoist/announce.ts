import type { Apps } from './apps.ts'
import type { Clock } from './clock.ts'
import type { Feed } from '../feed.ts'
import { isMember, type Board } from './projects.ts'
import type { Settings } from './settings.ts'
import { initiatorView, type User, type Users } from './users.ts'
import type { Webhooks } from './webhooks.ts'

export type Announce = (
  actor: User,
  event: string,
  /** Undefined for what belongs to the actor alone. */
  board: Board | undefined,
  data: object,
  extra?: object,
) => void

export interface Announcer {
  apps: Apps
  users: Users
  webhooks: Webhooks
  clock: Clock
  settings: Settings
  feed: Feed
}

/** Tells every app of every user that may see it; the bytes are what it was at this moment. */
export function announcer({ apps, users, webhooks, clock, settings, feed }: Announcer): Announce {
  return (actor, event_name, board, data, extra) => {
    feed.changed()
    for (const app of apps.all()) {
      if (app.callbackUrl === undefined || (app.events && !app.events.includes(event_name))) continue
      for (const user of users.whoLetIn(app.clientId)) {
        if (board ? !isMember(board, user.id) : user !== actor) continue
        if (user !== actor && !settings.eventsOfCollaborators) continue
        const envelope = {
          event_name,
          user_id: user.id,
          event_data: data,
          ...(extra && { event_data_extra: extra }),
          initiator: initiatorView(actor),
          triggered_at: clock.timestamp(),
          version: app.version,
        }
        webhooks.send(app, event_name, JSON.stringify(envelope))
      }
    }
  }
}
