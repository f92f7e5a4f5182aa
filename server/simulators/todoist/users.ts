import { randomInt } from 'node:crypto'
import { ApiError, unauthorized } from './api-error.ts'
import type { Clock } from './clock.ts'
import { opaqueId } from './opaque-id.ts'

export interface User {
  id: string
  email: string
  fullName: string
  isPremium: boolean
  joinedAt: string
  inboxProjectId: string
}

export interface NewUser {
  id?: string
  name?: string
  email?: string
}

export interface Token {
  token: string
  userId: string
  /** The app that the user let in; a personal token has none, and brings no events. */
  clientId: string | undefined
  scopes: string[]
  expiresAt: number
  refreshToken: string | undefined
  revoked: boolean
}

export const EVERYTHING = ['data:read_write', 'data:delete', 'project:delete']

export type Users = ReturnType<typeof users>

export function users(clock: Clock) {
  const byId = new Map<string, User>()
  const tokens = new Map<string, Token>()

  return {
    create({ id, name, email }: NewUser): User {
      const userId = id ?? `${randomInt(10_000_000, 99_999_999)}`
      if (!/^\d+$/.test(userId)) throw new Error(`The id of a user is digits, and this is ${userId}`)
      if (byId.has(userId)) throw new Error(`User ${userId} is there already`)
      const user = {
        id: userId,
        email: email ?? `user${userId}@example.com`,
        fullName: name ?? `User ${userId}`,
        isPremium: true,
        joinedAt: clock.timestamp(),
        inboxProjectId: '',
      }
      byId.set(userId, user)
      return user
    },
    find: (id: string) => byId.get(id),
    findByEmail: (email: string) =>
      [...byId.values()].find((user) => user.email.toLowerCase() === email.toLowerCase()),
    all: () => [...byId.values()],

    letIn(userId: string, input: Partial<Omit<Token, 'userId' | 'revoked'>> = {}): Token {
      const token = {
        token: input.token ?? `${opaqueId()}${opaqueId()}`,
        userId,
        clientId: input.clientId,
        scopes: input.scopes ?? EVERYTHING,
        expiresAt: input.expiresAt ?? Infinity,
        refreshToken: input.refreshToken,
        revoked: false,
      }
      tokens.set(token.token, token)
      return token
    },
    token: (token: string) => tokens.get(token),
    tokens: () => [...tokens.values()],
    /** Whose call this is. */
    authenticate(authorization: string | undefined): Token {
      const [, given] = /^Bearer\s+(\S+)$/i.exec(authorization ?? '') ?? []
      const token = given === undefined ? undefined : tokens.get(given)
      if (!token || token.revoked || token.expiresAt <= clock.now()) throw unauthorized()
      return token
    },
    /** The users whose data an app may see, each once. */
    whoLetIn(clientId: string): User[] {
      const ids = new Set<string>()
      for (const token of tokens.values()) {
        if (token.clientId === clientId && !token.revoked) ids.add(token.userId)
      }
      return [...ids].map((id) => byId.get(id)!)
    },
  }
}

export function mustMay(token: Token, ...oneOf: string[]): void {
  if (oneOf.some((scope) => token.scopes.includes(scope))) return
  throw new ApiError(403, 'AUTH_INSUFFICIENT_TOKEN_SCOPE', 0, 'Insufficient token scope')
}

/** The user as `GET /user` and the sync resource show it. */
export function userView(user: User) {
  return {
    id: user.id,
    email: user.email,
    full_name: user.fullName,
    activated_user: true,
    auto_reminder: 0,
    business_account_id: null,
    daily_goal: 5,
    date_format: 0,
    dateist_lang: null,
    days_off: [6, 7],
    feature_identifier: `${user.id}_sim`,
    features: {
      karma_disabled: false,
      restriction: 3,
      karma_vacation: false,
      dateist_lang: null,
      beta: 0,
      has_push_reminders: true,
      dateist_inline_disabled: false,
    },
    has_magic_number: true,
    has_password: true,
    image_id: null,
    inbox_project_id: user.inboxProjectId,
    is_celebrations_enabled: true,
    is_premium: user.isPremium,
    joinable_workspace: null,
    joined_at: user.joinedAt,
    getting_started_guide_projects: null,
    karma: 0,
    karma_trend: '-',
    lang: 'en',
    next_week: 1,
    premium_status: user.isPremium ? 'current_personal_plan' : 'not_premium',
    premium_until: null,
    share_limit: 5,
    sort_order: 0,
    start_day: 1,
    start_page: 'today',
    theme_id: '0',
    time_format: 0,
    tz_info: { timezone: 'UTC', hours: 0, minutes: 0, is_dst: 0, gmt_string: '+00:00' },
    unique_prefix: 1,
    verification_status: 'verified',
    websocket_url: '',
    weekend_start_day: 6,
    weekly_goal: 25,
    completed_count: 0,
    completed_today: 0,
  }
}

export const collaboratorView = (user: User) => ({
  id: user.id,
  email: user.email,
  full_name: user.fullName,
  timezone: 'UTC',
  image_id: null,
})

export const initiatorView = (user: User) => ({
  id: user.id,
  email: user.email,
  full_name: user.fullName,
  image_id: null,
  is_premium: user.isPremium,
})
