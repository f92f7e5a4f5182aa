/**
 * The typed client of Tapline.
 *
 * @packageDocumentation
 */
export type { components, operations, paths, webhooks } from '@tapline/openapi'
export type { EventOf, TaplineEvent, TaplineEventType } from './contract.ts'
