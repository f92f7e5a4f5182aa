import { isRefusal, refuse } from '../kernel/refusal.ts'
import type { Command, Purchase } from './domain/command.ts'
import { ACTION_NAMES, isAction, type ActionName, type Format } from './domain/format.ts'
import { readPurchase, type PurchasePayload } from './domain/read-purchase.ts'
import { readRefund, type RefundPayload } from './domain/read-refund.ts'
import { readRegistration, type RegistrationPayload } from './domain/read-registration.ts'
import { readSpend, type SpendPayload } from './domain/read-spend.ts'
import { readTildaOrder } from './domain/read-tilda-order.ts'
import {
  under,
  type Reading,
  type ReadingError,
  type ReadingRefusal,
  type ReadingRules,
} from './domain/reading.ts'
import { isRecord, printableUpTo } from './domain/text.ts'

/** A body that was understood as far as its format goes. */
export type Recognised =
  | { format: 'standard'; action: ActionName; payload: unknown }
  | { format: 'tilda'; fields: Record<string, unknown>; probe: boolean }

export type Unrecognised = ReadingRefusal & { format: Format | 'unknown' }

export type SchemaErrors = {
  instancePath: string
  keyword: string
  params: Record<string, unknown>
  message?: string
}[]
/** Undefined when the value fits the contract. */
export type Check = (value: unknown) => SchemaErrors | undefined
export type Checks = { purchase: Check; registration: Check; spend: Check; refund: Check }

type Dependencies = {
  checks: Checks
  decodeTildaBody: (body: Buffer, contentType: string) => Record<string, unknown> | undefined
  isTildaProbe: (fields: Readonly<Record<string, unknown>>) => boolean
}

export type RequestReader = ReturnType<typeof requestReader>

const MAX_BATCH = 1_000
const MAX_POINTER = 200

export function requestReader({ checks, decodeTildaBody, isTildaProbe }: Dependencies) {
  return {
    recognise(body: Buffer, contentType: string): Recognised | Unrecognised {
      if (contentType === 'application/json') {
        const json = parseJson(body)
        if (json === undefined) return unreadable('malformed-json', 'The body is not valid JSON')
        if (isRecord(json) && 'action' in json) return recogniseAction(json)
        const wrapped: unknown = Array.isArray(json) ? json[0] : json
        if (!isRecord(wrapped))
          return unreadable('object-required', 'The body must be a JSON object with action and payload')
      }
      const fields = decodeTildaBody(body, contentType)
      if (fields === undefined)
        return unreadable('unreadable', 'The body is neither an action nor a Tilda form')
      const probe = isTildaProbe(fields)
      if (contentType === 'application/json' && !probe && !looksLikeTilda(fields)) {
        const message = `action is missing: ${ACTION_NAMES}`
        return { ...invalid([{ pointer: '/action', code: 'required', message }]), format: 'unknown' }
      }
      return { format: 'tilda', fields, probe }
    },

    /** The commands of a request in order; of a batch some may be refused, of anything else there is one. */
    read(
      recognised: Recognised,
      rules: ReadingRules,
    ): (Reading | { ignored: 'no-order' })[] | ReadingRefusal {
      if (recognised.format === 'tilda') return [readTildaOrder(recognised.fields, rules)]
      const { action, payload } = recognised
      switch (action) {
        case 'purchase':
          return [
            checked(payload, checks.purchase, '/payload', (valid) =>
              readPurchase(valid as PurchasePayload, rules),
            ),
          ]
        case 'register_user':
          return [
            checked(payload, checks.registration, '/payload', (valid) =>
              readRegistration(valid as RegistrationPayload, rules),
            ),
          ]
        case 'spend_bonuses':
          return [
            checked(payload, checks.spend, '/payload', (valid) => readSpend(valid as SpendPayload, rules)),
          ]
        case 'refund':
          return [
            checked(payload, checks.refund, '/payload', (valid) => readRefund(valid as RefundPayload, rules)),
          ]
        case 'batch_purchase':
          return readBatch(payload, rules)
      }
    },
  }

  function readBatch(payload: unknown, rules: ReadingRules): Reading<Purchase>[] | ReadingRefusal {
    const purchases = isRecord(payload) ? payload.purchases : undefined
    const pointer = '/payload/purchases'
    if (!Array.isArray(purchases))
      return invalid([{ pointer, code: 'required', message: 'purchases must be a list' }])
    if (purchases.length === 0 || purchases.length > MAX_BATCH) {
      return invalid([
        {
          pointer,
          code: 'length',
          message: `purchases must hold 1 to ${MAX_BATCH} orders, these are ${purchases.length}`,
        },
      ])
    }
    return purchases.map((purchase) =>
      checked(purchase, checks.purchase, '', (valid) => readPurchase(valid as PurchasePayload, rules)),
    )
  }
}

function recogniseAction(json: Record<string, unknown>): Recognised | Unrecognised {
  const { action, payload } = json
  if (isAction(action)) return { format: 'standard', action, payload }
  const message = `action must be ${ACTION_NAMES}`
  return { ...invalid([{ pointer: '/action', code: 'enum', message }]), format: 'standard' }
}

function checked<C extends Command>(
  payload: unknown,
  check: Check,
  at: string,
  read: (valid: object) => Reading<C>,
): Reading<C> {
  if (!isRecord(payload)) return invalid([{ pointer: at, code: 'type', message: 'must be an object' }])
  const errors = check(payload)
  if (errors !== undefined) return invalid(asReadingErrors(errors, at))
  const reading = read(payload)
  return isRefusal(reading) ? under(at, reading) : reading
}

/** Branch errors of oneOf and anyOf say little to a reader: one sentence for the place is better. */
function asReadingErrors(errors: SchemaErrors, at: string): ReadingError[] {
  const places = new Map<string, ReadingError>()
  const alternatives = new Set(
    errors.filter(({ keyword }) => keyword === 'oneOf').map(({ instancePath }) => instancePath),
  )
  for (const { instancePath, keyword, params, message } of errors) {
    if (keyword === 'anyOf' && instancePath === '') {
      places.set('contact', {
        pointer: at,
        code: 'contact-required',
        message: 'email, phone or externalId is needed',
      })
      continue
    }
    const missing = ABSENT.has(keyword) ? String(params.missingProperty) : undefined
    if (keyword === 'required' && NAMES.has(missing!)) continue
    const place = at + instancePath + (missing === undefined ? '' : `/${missing}`)
    const pointer = printableUpTo(MAX_POINTER, place) ?? at
    const inAlternative = alternatives.has(instancePath)
    const field = instancePath.split('/').at(-1) ?? ''
    const sentence = inAlternative
      ? (EXPECTED[field] ?? 'has none of the allowed forms')
      : (SENTENCES[keyword] ?? message ?? 'is not allowed')
    if (!places.has(pointer))
      places.set(pointer, { pointer, code: inAlternative ? 'form' : keyword, message: sentence })
  }
  return [...places.values()].slice(0, 50)
}

/** Of which any one is enough: that none is there is said once, of the place. */
const NAMES: ReadonlySet<string> = new Set(['email', 'phone', 'externalId'])
const ABSENT: ReadonlySet<string> = new Set(['required', 'dependentRequired'])
const SENTENCES: Readonly<Record<string, string>> = {
  not: 'must hold amount or items, not both',
  minProperties: 'must hold sku, externalId or name, and a quantity',
}
const MONEY = 'must be a decimal string such as "4900.00" or a number, not negative'
const EXPECTED: Readonly<Record<string, string>> = {
  amount: MONEY,
  price: MONEY,
  orderAmount: MONEY,
  orderId: 'must be a text of 1 to 100 characters or a whole number',
  externalId: 'must be a text of 1 to 200 characters or a whole number',
  telegramId: "must be the customer's numeric Telegram id",
  quantity: 'must be a number above 0',
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}

function looksLikeTilda(fields: Record<string, unknown>): boolean {
  const names = Object.keys(fields).map((name) => name.toLowerCase())
  return ['payment', 'formid', 'formname', 'tranid'].some((name) => names.includes(name))
}

function invalid(errors: ReadingError[]): ReadingRefusal {
  return { ...refuse('invalid-request'), errors }
}

function unreadable(code: string, message: string): Unrecognised {
  return { ...invalid([{ pointer: '', code, message }]), format: 'unknown' }
}
