import type { components, operations, webhooks } from '@tapline/openapi'
import type { KnownProblemCode } from './generated/operations.ts'

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

/**
 * The stable, kebab-case name of what went wrong. Your editor knows the server's codes and the client's own
 * `unexpected-answer`; a newer server may send others, so keep a `default` branch.
 */
export type ProblemCode = KnownProblemCode | 'unexpected-answer' | (string & {})

/** The document that every refusal comes as (RFC 9457): programs read `code`, people read `detail`. */
export type Problem = components['schemas']['Problem']

type None = Record<never, never>
type Simplify<T> = T extends unknown ? { [Key in keyof T]: T[Key] } : never
type JsonOf<T> = T extends { content: { 'application/json': infer Body } } ? Body : undefined

type PathOf<Operation> = Operation extends { parameters: { path: infer Path } } ? Path : None
type QueryOf<Operation> = Operation extends { parameters: { query?: infer Query } }
  ? [NonNullable<Query>] extends [never]
    ? None
    : NonNullable<Query>
  : None
type BodyOf<Operation> = Operation extends { requestBody: infer Body }
  ? JsonOf<Body>
  : Operation extends { requestBody?: infer Body }
    ? [NonNullable<Body>] extends [never]
      ? None
      : Partial<JsonOf<NonNullable<Body>>>
    : None

/** What an operation takes: the parameters of its address and the fields of its body, in one object. */
export type ParamsOf<Id extends keyof operations> = Simplify<
  PathOf<operations[Id]> & QueryOf<operations[Id]> & BodyOf<operations[Id]>
>

type Succeeded = 200 | 201 | 202 | 204

/** What an operation answers when all went well. */
export type DataOf<Id extends keyof operations> = {
  [Status in keyof operations[Id]['responses'] & Succeeded]: JsonOf<operations[Id]['responses'][Status]>
}[keyof operations[Id]['responses'] & Succeeded]
