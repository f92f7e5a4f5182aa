export type NoticeEvent = { type: string; payload: Record<string, unknown> }
export type NoticeKind = keyof typeof PURPOSES

/**
 * What a customer is told, and what for. Service: something has happened to what is theirs; always told. Marketing: it wants
 * them to buy, and nothing of theirs has changed, or a present came unasked; only to those who have not said that they want none.
 */
const PURPOSES = {
  awarded: 'service',
  pending: 'service',
  unpaid: 'service',
  welcome: 'service',
  referral: 'service',
  referralPending: 'service',
  tier: 'service',
  'bonus.activated': 'service',
  'bonus.spent': 'service',
  'bonus.refunded': 'service',
  'bonus.expired': 'service',
  'bonus.expiring': 'marketing',
  'tier.downgrading': 'marketing',
  birthday: 'marketing',
} as const

/** Undefined: nobody is told of it here. A hold that waits for its customer is among these: the bot asks by itself. */
export function kindOfNotice({ type, payload }: NoticeEvent): NoticeKind | undefined {
  if (type === 'bonus.awarded') {
    if (payload.reason === 'welcome') return 'welcome'
    if (payload.reason === 'birthday') return 'birthday'
    if (payload.reason === 'referral') return payload.pending === true ? 'referralPending' : 'referral'
    if (payload.pending !== true) return 'awarded'
    return typeof payload.activatesAt === 'number' ? 'pending' : 'unpaid'
  }
  if (type === 'tier.changed') return payload.to === null ? undefined : 'tier'
  return OF_TYPES.find((kind) => kind === type)
}

export function isMarketing(event: NoticeEvent): boolean {
  const kind = kindOfNotice(event)
  return kind !== undefined && PURPOSES[kind] === 'marketing'
}

/** Named as their event; no other type of event is the name of a kind. */
const OF_TYPES = (Object.keys(PURPOSES) as NoticeKind[]).filter((kind) => kind.includes('.'))
