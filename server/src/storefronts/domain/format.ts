export const FORMATS = ['standard', 'tilda'] as const
export type Format = (typeof FORMATS)[number]

export type ActionName = 'purchase' | 'register_user' | 'spend_bonuses' | 'batch_purchase'
const ACTIONS: readonly string[] = [
  'purchase',
  'register_user',
  'spend_bonuses',
  'batch_purchase',
] satisfies ActionName[]

export function isAction(name: unknown): name is ActionName {
  return typeof name === 'string' && ACTIONS.includes(name)
}

/** Callers that can try again are held to the limit; what storefronts send is stored and paced, up to ten times that. */
export const STOREFRONT_LIMIT_FACTOR = 10
