/** The codes that the mocks answer with: their status, and the English sentence with {placeholders} for its details. */
export const PROBLEMS = {
  unauthorized: [
    401,
    'The secret, key or signature is not valid. Check that the address and the key are copied whole and belong to this project.',
  ],
  'not-found': [404, 'There is nothing at this address.'],
  'method-not-allowed': [405, 'This address does not take that method; see the Allow header.'],
  'unsupported-media-type': [
    415,
    'The content type {contentType} is not taken here; send application/json (Tilda: also application/x-www-form-urlencoded).',
  ],
  'malformed-json': [400, 'The body is not valid JSON.'],
  'object-required': [400, 'The body must be a JSON object.'],
  'unstorable-text': [400, 'A text holds a NUL or half a character, which cannot be stored.'],
  'body-required': [400, 'The request needs a JSON body.'],
  'invalid-request': [400, 'The request does not fit the contract; errors says where.'],
  'contact-required': [422, 'The order names nobody: email, phone or externalId is needed.'],
  'currency-mismatch': [422, 'The order is in {currency}, the project counts in {expected}.'],
  'order-conflict': [
    409,
    'The order {orderId} is known with another {differs}. Send a new order under a new id.',
  ],
  'order-not-found': [
    404,
    'There is no order {orderId} in the storefront {storefront}. Name another one with ?storefront=, for instance tilda.',
  ],
  'order-amount-required': [
    422,
    'Bonuses may pay {maxSpendPercent} % of an order, and this order is not known yet: send orderAmount.',
  ],
  'insufficient-bonuses': [422, 'There are {available} bonuses to spend, {missing} too few.'],
  'spend-limit-exceeded': [422, 'At most {most} of this order may be paid with bonuses.'],
  'refund-conflict': [
    409,
    'The refund {refundId} is known with another amount or other items. Send a new refund under a new id.',
  ],
  'refund-too-large': [422, 'At most {most} of this order can still come back.'],
  'refunds-too-many': [422, 'The order has {most} refunds already. Give the rest back whole.'],
  'refund-line-unknown': [
    422,
    'The order has no item {line}. Name items as the order did: by sku, externalId or name.',
  ],
  'refund-ambiguous': [422, 'Send the amount of a refund or its items, not both.'],
  'refund-id-required': [
    422,
    'A partial refund needs a refundId (or an Idempotency-Key), so that it happens once.',
  ],
  'refunded-amount-required': [422, 'partially_refunded needs refundedAmount: what has come back in all.'],
  'payment-ambiguous': [422, 'Send holdId or spend, not both.'],
  'hold-exists': [409, 'The order has an open hold of another amount: {holdId}. Capture or void it first.'],
  'hold-not-found': [404, 'There is no hold {holdId}.'],
  'hold-ended': [409, 'The hold {holdId} is {state} already.'],
  'hold-unconfirmed': [409, 'The customer has not confirmed the hold {holdId} yet.'],
  'hold-too-small': [422, 'Only {most} bonuses are held.'],
  'lot-not-found': [404, 'The customer has no open lot {lotId}.'],
  'lot-not-pending': [409, 'The lot {lotId} is not pending any more.'],
  'amount-invalid': [422, '{pointer} is no amount in {currency} above zero.'],
  'expiry-past': [422, 'expiresAt has passed already.'],
  'customer-not-found': [404, 'There is no such customer.'],
  'customer-conflict': [
    422,
    'The contacts ({identifiers}) belong to different customers. Send only those of one customer.',
  ],
  'clock-not-forward': [422, 'Time only goes forward: in this project it is {now} already.'],
  'rotation-in-progress': [
    409,
    'An older secret lives until {until}. Wait, or rotate with force, which ends it now.',
  ],
  'rate-limited': [
    429,
    'More than {limit} requests a minute. Try again after Retry-After seconds; nothing was stored.',
  ],
  unavailable: [
    503,
    'A part that this needs is away for a moment. Send the same request again: an order takes effect once.',
  ],
  'program-invalid': [422, 'The program is not possible: {because}.'],
  'inbox-item-not-found': [404, 'There is no such item in the log.'],
  'not-replayable': [409, 'Only dead or refused items can be replayed; this one is {status}.'],
  'endpoint-not-found': [404, 'There is no webhook endpoint {endpointId}.'],
  'endpoint-disabled': [
    409,
    'The webhook endpoint {endpointId} is disabled. Enable it first: PATCH with "enabled": true.',
  ],
  'too-many-endpoints': [
    422,
    'A project has at most {most} webhook endpoints. Remove one, or let one take more types.',
  ],
  'event-type-unknown': [
    422,
    'No event has such a type: {types}. Take types of the reference, or "bonus.*" for all of a kind.',
  ],
  'event-not-found': [404, 'There is no event {eventId}, or it is older than what is kept.'],
  'delivery-not-found': [404, 'There is no delivery {deliveryId}, or it is older than what is kept.'],
  'replay-not-found': [404, 'There is no replay {replayId}.'],
  'webhook-url-refused': [
    422,
    'Events cannot be sent to this address ({because}). Give an https address of the public internet, on port 443 or 8443, without a user name; the host may allow others with TAPLINE_WEBHOOK_ALLOW.',
  ],
  'idempotency-key-invalid': [
    400,
    'Idempotency-Key must be 1 to 255 visible ASCII characters, bare or as a quoted string.',
  ],
  'idempotency-key-reused': [
    422,
    'This Idempotency-Key was used for another request in the last 24 hours. A new request needs a new key.',
  ],
  'internal-error': [500, 'Something broke on our side. What was accepted is safe. Tell us the requestId.'],
} as const satisfies Record<string, readonly [status: number, detail: string]>

export type ProblemCode = keyof typeof PROBLEMS
