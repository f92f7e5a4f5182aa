/**
 * Tapline for tests: a small shop behind [MSW](https://mswjs.io) that answers as the server does, scenarios of what goes
 * wrong, and every event, signed as it would arrive.
 *
 * - {@link createHandlers}: handlers for `setupServer` and `setupWorker`, and the shop behind them
 * - {@link scenarios}: rate limited, slow, failing, offline, signature refused
 * - {@link events}, {@link createEvents}: an event of each type, typed by the contract
 * - {@link signedWebhookRequest}: the request that delivers an event
 *
 * Not for production: it holds everything in memory, and forgets it.
 *
 * @packageDocumentation
 */
export { createHandlers } from './create-handlers.ts'
export type { CreateHandlersOptions, Mocks } from './create-handlers.ts'
export { createEvents, events } from './events/event-factories.ts'
export type {
  CreateEventsOptions,
  DeepPartial,
  Envelope,
  EventFactories,
  EventFactory,
} from './events/event-factories.ts'
export { signedWebhookRequest } from './events/signed-webhook-request.ts'
export type { SignedWebhookRequestOptions } from './events/signed-webhook-request.ts'
export type { Advance, ContactOf, MockCustomer, MockShop } from './mock-shop.ts'
export { scenarios } from './scenarios.ts'
export type { FailingOptions, RateLimitedOptions, ScenarioOptions, SlowOptions } from './scenarios.ts'
