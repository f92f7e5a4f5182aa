export const FORMATS = ['standard', 'tilda'] as const
export type Format = (typeof FORMATS)[number]

const ACTIONS = ['purchase', 'register_user', 'spend_bonuses', 'refund', 'batch_purchase'] as const
export type ActionName = (typeof ACTIONS)[number]

/** "purchase, register_user, … or batch_purchase", for whoever named none of them. */
export const ACTION_NAMES = `${ACTIONS.slice(0, -1).join(', ')} or ${ACTIONS.at(-1)}`

export function isAction(name: unknown): name is ActionName {
  return ACTIONS.some((action) => action === name)
}

/** Callers that can try again are held to the limit; what storefronts send is stored and paced, up to ten times that. */
export const STOREFRONT_LIMIT_FACTOR = 10
