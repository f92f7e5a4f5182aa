import type { webhooks } from '@tapline/openapi'

/** What Tapline sends: told apart by `type`, typed to the last field of `data`. */
export type TaplineEvent = {
  [Type in keyof webhooks]: webhooks[Type]['post']['requestBody']['content']['application/json']
}[keyof webhooks]

/** The name of a kind of event, such as `bonus.awarded`. */
export type TaplineEventType = TaplineEvent['type']

/**
 * The event of one type.
 *
 * @example
 * function thank({ data }: EventOf<'bonus.awarded'>) {
 *   console.log(`${data.customerId} has ${data.available} ${data.currency}`)
 * }
 */
export type EventOf<Type extends TaplineEventType> = Extract<TaplineEvent, { type: Type }>
