import type { components } from '@tapline/openapi'
import { signWebhook } from '@tapline/signing/web'
import { answer, readBody } from './answer.ts'
import type { CallOptions, Result } from './method.ts'
import { randomId } from './random-id.ts'
import { send, type Policy } from './send.ts'

type Schemas = components['schemas']
type Accepted = Schemas['Accepted']

/** What may be said of one post to the door. */
export interface DoorOptions extends Omit<CallOptions, 'idempotencyKey'> {
  /**
   * The `webhook-id` that it is signed with, the same at every attempt. One is made when absent. What is a repetition is
   * decided by the order's own id.
   */
  webhookId?: string
  /**
   * Answer with the final result within so many seconds, 1 to 10, else with `accepted`. When absent the answer is
   * `accepted` at once, but for a spend, which always waits for its result.
   */
  waitSeconds?: number
}

/**
 * Posts to the one door, as a storefront does, each signed anew at every attempt. An answer without `error` means that
 * it is stored and will be processed once; a repetition of the same order answers with the first result.
 */
export interface Door {
  /** An order was made. `amount` is gross, before bonuses. `orderId` makes it safe to send again. */
  purchase(payload: Schemas['PurchaseAction']['payload'], options?: DoorOptions): Promise<Result<Accepted>>
  /** A customer signed up: gives the welcome bonus and joins the contacts. */
  registerUser(
    payload: Schemas['RegisterUserAction']['payload'],
    options?: DoorOptions,
  ): Promise<Result<Accepted>>
  /** Pays a part of an order with bonuses, before or after its purchase. Answers with the result. */
  spendBonuses(
    payload: Schemas['SpendBonusesAction']['payload'],
    options?: DoorOptions,
  ): Promise<Result<Accepted>>
  /** Goods came back. A part needs your `refundId`, so that it happens once. */
  refund(payload: Schemas['RefundAction']['payload'], options?: DoorOptions): Promise<Result<Accepted>>
  /** 1 to 1,000 orders at once; `data.lines` tells of each, in their order. */
  batchPurchase(
    purchases: Schemas['BatchPurchaseAction']['payload']['purchases'],
    options?: DoorOptions,
  ): Promise<Result<Accepted>>
}

type Settings = {
  webhookUrl: string
  signingSecrets: readonly string[] | undefined
  policyOf: (options: DoorOptions) => Policy
}

export function createDoor({ webhookUrl, signingSecrets, policyOf }: Settings): Door {
  const post =
    (action: string) =>
    async (payload: unknown, options: DoorOptions = {}): Promise<Result<Accepted>> => {
      const id = options.webhookId ?? `msg_${randomId()}`
      const body = JSON.stringify({ action, payload })
      const headers = new Headers({ accept: 'application/json', 'content-type': 'application/json' })
      if (options.waitSeconds !== undefined) headers.set('prefer', `wait=${options.waitSeconds}`)
      const response = await send(
        {
          name: action,
          url: webhookUrl,
          method: 'POST',
          headers,
          body,
          key: id,
          // Orders are told by their own ids.
          repeatable: true,
          secret: webhookUrl.slice(webhookUrl.lastIndexOf('/') + 1),
          sign:
            signingSecrets &&
            (() => signWebhook({ id, timestamp: new Date(), body, secrets: signingSecrets })),
        },
        policyOf(options),
      )
      return answer(response, readBody(await response.text()), id)
    }
  const purchases = post('batch_purchase')
  return {
    purchase: post('purchase'),
    registerUser: post('register_user'),
    spendBonuses: post('spend_bonuses'),
    refund: post('refund'),
    batchPurchase: (all, options) => purchases({ purchases: all }, options),
  }
}
