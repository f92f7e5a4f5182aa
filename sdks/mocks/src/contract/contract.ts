import type { operations, TaplineEventType } from '@tapline/client'
import json from './contract.json' with { type: 'json' }

/** What a program calls: the contract also has an `on…` for each event, which is what a program receives. */
export type OperationId = Exclude<keyof operations, `on${string}`>

/** Bytes in and out, with handlers of their own. */
export const RAW = [
  'receiveWebhook',
  'uploadFile',
  'downloadFile',
  'receiveTelegramUpdate',
  'receiveTodoistEvent',
] as const satisfies OperationId[]
export type ServedId = Exclude<OperationId, (typeof RAW)[number]>

/** JSON Schema as far as the contract uses it. */
export type Schema = {
  $ref?: string
  type?: string | string[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  not?: Schema
  enum?: unknown[]
  const?: unknown
  examples?: unknown[]
  format?: string
  pattern?: string
  dependentRequired?: Record<string, string[]>
  uniqueItems?: boolean
} & { [limit in Limit]?: number }
export type Limit =
  | 'minimum'
  | 'maximum'
  | 'exclusiveMinimum'
  | 'multipleOf'
  | 'minLength'
  | 'maxLength'
  | 'minItems'
  | 'maxItems'
  | 'minProperties'
  | 'maxProperties'

export type Operation = {
  method: 'get' | 'put' | 'post' | 'patch' | 'delete'
  path: string
  /** What kinds of bearer it takes; anybody may when there is none. */
  security: ('secretKey' | 'publishableKey' | 'session' | 'agentToken' | 'storageToken' | 'operatorToken')[]
  /** Takes an Idempotency-Key. */
  keyed: boolean
  /** Its answer shows a secret, and is never stored. */
  secret: boolean
  parameters: { name: string; in: 'path' | 'query'; required?: boolean; schema: Schema }[]
  body: { required: boolean; schema: Schema } | null
  answer: { status: number; schema: Schema | null }
}

/** The contract without its prose, as scripts/generate.mjs writes it. */
export const contract = json as unknown as {
  operations: Record<OperationId, Operation>
  events: Record<TaplineEventType, Schema>
  schemas: Record<string, Schema>
}

/** The schema that a reference leads to. */
export function resolve(reference: string): Schema {
  const schema = contract.schemas[reference.slice(reference.lastIndexOf('/') + 1)]
  if (schema === undefined) throw new Error(`The contract has no schema ${reference}`)
  return schema
}
