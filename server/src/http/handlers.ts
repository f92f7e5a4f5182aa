import type { operations } from '@tapline/openapi'
import type { Locale } from '../kernel/locale.ts'
import type { Refusal } from '../kernel/refusal.ts'

export type OperationId = keyof operations

/** A table is its text. */
type JsonOf<Response> = Response extends { content: { 'application/json': infer Body } }
  ? Body
  : Response extends { content: { 'text/csv': infer Text } }
    ? Text
    : undefined
type SuccessOf<Responses> = {
  [Status in keyof Responses]: Status extends number
    ? JsonOf<Responses[Status]> extends undefined
      ? { status: Status }
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

/** Who calls, as far as the operation's security found out. */
export type Caller = { projectId: string; locale: Locale; speaker?: Speaker }

/** Whom a session or an agent's token names; nobody with a project's secret key. */
export type Speaker = {
  participantId: string
  kind: 'customer' | 'visitor' | 'agent' | 'bot'
  name: string | null
  customerId: string | null
  agentId: string | null
}

export type HandlerRequest<Id extends OperationId> = {
  path: ParametersOf<operations[Id], 'path'>
  query: ParametersOf<operations[Id], 'query'>
  body: BodyOf<operations[Id]>
  /** Set on operations with a project's key. */
  caller: Caller
  locale: Locale
  /** What a caller calls this request, so that an effect can carry it. Only where the operation takes the header. */
  idempotencyKey: string | undefined
}

export type Handler<Id extends OperationId> = (
  request: HandlerRequest<Id>,
) => Promise<SuccessOf<operations[Id]['responses']> | Refusal>

/** Take or give raw bytes, and are mounted by themselves: the door, the files of the chat, and what Telegram and Todoist send. */
type RawOperation =
  'receiveWebhook' | 'uploadFile' | 'downloadFile' | 'receiveTelegramUpdate' | 'receiveTodoistEvent'

/** `on…` are the events, which others receive. Every other operation of the contract must have its handler. */
export type Handlers = { [Id in Exclude<OperationId, RawOperation | `on${string}`>]: Handler<Id> }
