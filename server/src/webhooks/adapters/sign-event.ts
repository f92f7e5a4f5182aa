import { signWebhook } from '@tapline/signing'
import type { SignEvent } from '../deliver.ts'

/** Standard Webhooks: one signature for each live secret, over the moment of this attempt. */
export const signEvent: SignEvent = ({ id, timestamp, body, secrets }) => ({
  ...signWebhook({ id, timestamp, body, secrets }),
})
