import type { Locale } from '../../kernel/locale.ts'

export type ProjectSettings = {
  name: string
  status: 'active' | 'paused'
  locale: Locale
  timeZone: string
  defaultCountry: string
  requireSignature: boolean
  rateLimitPerMinute: number
  disabledFormats: string[]
  fieldMap: Record<string, string>
  blocklist: string[]
  tildaApiKeyName: string
}

export type Project = ProjectSettings & {
  id: string
  currency: string
  /** A project to try things on: its clock can be moved. For good. */
  sandbox: boolean
  clockOffsetMs: number
  createdAt: Date
}

export const SECRET_KINDS = [
  'webhook-secret',
  'signing-secret',
  'secret-key',
  'publishable-key',
  'tilda-api-key',
] as const
export type SecretKind = (typeof SECRET_KINDS)[number]

/** A live secret in the clear; `expiresAt` is set on those that a rotation replaced. */
export type LiveSecret = { kind: SecretKind; value: string; expiresAt: Date | null }

export type AuditEntry = {
  id: string
  action: string
  actor: string
  details: Record<string, unknown>
  at: Date
}

export type ProjectRefusalCode =
  | 'project-not-found'
  | 'time-zone-unknown'
  | 'currency-unknown'
  | 'rotation-in-progress'
  | 'sandbox-only'
  | 'clock-not-forward'
  | 'clock-too-far'
