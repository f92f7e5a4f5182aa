import type { operations } from '@tapline/client'
import type { OperationId } from '../contract/contract.ts'
import type { Refusal } from '../shop/refusal.ts'
import type { Participant } from '../shop/chat/chat-state.ts'
import type { Proven } from '../shop/chat/open-session.ts'
import type { Shop } from '../shop/state.ts'

type JsonOf<Response> = Response extends { content: { 'application/json': infer Body } } ? Body : undefined
type ReplyOf<Responses> = {
  [Status in keyof Responses]: Status extends number
    ? JsonOf<Responses[Status]> extends undefined
      ? { status: Status; body?: undefined }
      : { status: Status; body: JsonOf<Responses[Status]> }
    : never
}[keyof Responses]

type BodyOf<Operation> = Operation extends { requestBody: { content: { 'application/json': infer Body } } }
  ? Body
  : Operation extends { requestBody?: { content: { 'application/json': infer Body } } }
    ? Body | undefined
    : undefined

type ParametersOf<Operation, Place extends string> = Operation extends {
  parameters: { [K in Place]: infer Parameters }
}
  ? Parameters
  : Operation extends { parameters: { [K in Place]?: infer Parameters } }
    ? NonNullable<Parameters>
    : Record<string, never>

/** A request that fits the contract. */
export type RequestTo<Id extends OperationId> = {
  path: ParametersOf<operations[Id], 'path'>
  query: ParametersOf<operations[Id], 'query'>
  body: BodyOf<operations[Id]>
  idempotencyKey: string | undefined
  caller: Caller
}
export type AnyRequest = {
  path: unknown
  query: unknown
  body: unknown
  idempotencyKey: string | undefined
  caller: Caller
}

/** Whoever speaks for itself: a session or an agent. The shop's backend speaks for whom it names. */
export type Caller = {
  speaker: Participant | undefined
  /** Who a page's visitor is, by a signed token that was found good. */
  proven?: Proven
}
export type AnyReply = { status: number; body?: unknown }

/** How the shop answers one operation: as the contract allows, or by a refusal. */
export type Answer<Id extends OperationId> = (
  shop: Shop,
  request: RequestTo<Id>,
) => ReplyOf<operations[Id]['responses']> | Refusal
