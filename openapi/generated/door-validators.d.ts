// Generated from openapi/ by scripts/generate.mjs.
import type { components } from './types.ts'

export type SchemaError = { instancePath: string; keyword: string; params: Record<string, unknown>; message?: string }
type Validator<T> = ((value: unknown) => value is T) & { errors?: SchemaError[] | null }
type Schemas = components['schemas']

export declare const validatePurchase: Validator<Schemas['Purchase']>
export declare const validateRegisterUser: Validator<Schemas['RegisterUserAction']['payload']>
export declare const validateSpendBonuses: Validator<Schemas['SpendBonusesAction']['payload']>
export declare const validateRefund: Validator<Schemas['RefundAction']['payload']>
