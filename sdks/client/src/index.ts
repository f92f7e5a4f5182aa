/**
 * The typed client of Tapline, for a shop's backend.
 *
 * {@link createTapline} makes a client with a method for each operation of the contract. Methods answer with
 * `{ data, error, response }`: a refusal is a value. Only what nobody could answer throws: a network that fails
 * ({@link TaplineNetworkError}) and a mistake in your own program (`TypeError`, with a sentence that says what to do).
 *
 * What is sent has one effect, however often it had to be sent. No key ever appears in an error.
 *
 * @packageDocumentation
 */
export type { components, operations, paths, webhooks } from '@tapline/openapi'
export type {
  DataOf,
  EventOf,
  ParamsOf,
  Problem,
  ProblemCode,
  TaplineEvent,
  TaplineEventType,
} from './contract.ts'
export { createTapline } from './create-tapline.ts'
export type {
  BaseUrlOptions,
  DoorSettings,
  PublishableKeyOptions,
  SecretKeyOptions,
  SharedOptions,
  Tapline,
} from './create-tapline.ts'
export type { Door, DoorOptions } from './door.ts'
export type { KnownProblemCode, Methods } from './generated/operations.ts'
export type { CallOptions, ListMethod, Method, Pages, Result } from './method.ts'
export type { Fetch } from './send.ts'
export { isTaplineError, isTaplineNetworkError, TaplineError, TaplineNetworkError } from './tapline-error.ts'
export type { Attempted } from './tapline-error.ts'
