import { refuse, type Refusal } from '../kernel/refusal.ts'
import type { ChatSettings } from './domain/chat-settings.ts'
import type { MessengerRefusalCode } from './domain/refusal-code.ts'

type Dependencies = { settingsOf: (projectId: string) => Promise<Pick<ChatSettings, 'allowedOrigins'>> }

const MOST_SHOWN = 200

/** Whether pages of an origin may talk for a project's visitors. Whoever is no browser says nothing, and is asked elsewhere. */
export function checkOrigin({ settingsOf }: Dependencies) {
  return async (
    projectId: string,
    origin: string | undefined,
  ): Promise<Refusal<MessengerRefusalCode> | undefined> =>
    origin === undefined || (await settingsOf(projectId)).allowedOrigins.includes(origin)
      ? undefined
      : refuse('origin-not-allowed', { origin: origin.slice(0, MOST_SHOWN) })
}
