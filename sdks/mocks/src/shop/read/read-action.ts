import { check, type Misfit } from '../../contract/check.ts'
import { contract, type Schema } from '../../contract/contract.ts'
import { invalid, isRefusal, type Refusal } from '../refusal.ts'
import type { Command, Purchase } from './command.ts'
import { under } from './error-sheet.ts'
import { readPurchase, readRefund, readRegistration, readSpend, type Payload } from './read-payload.ts'

export type ActionName = keyof typeof ACTIONS | 'batch_purchase'
export type Read =
  { action: ActionName; command: Command } | { action: 'batch_purchase'; lines: (Purchase | Refusal)[] }

const NAMES = 'purchase, register_user, spend_bonuses, refund or batch_purchase'
const MOST_LINES = 1_000

const payloadOf = (name: string): Schema => contract.schemas[name]!.properties!.payload!
const PURCHASE = contract.schemas.Purchase!
const ACTIONS = {
  purchase: { schema: PURCHASE, read: readPurchase },
  register_user: { schema: payloadOf('RegisterUserAction'), read: readRegistration },
  spend_bonuses: { schema: payloadOf('SpendBonusesAction'), read: readSpend },
  refund: { schema: payloadOf('RefundAction'), read: readRefund },
}

/** A standard action as its command, or everything that is wrong with it. */
export function readAction(text: string, currency: string): Read | Refusal {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return invalid({ pointer: '', code: 'malformed-json', message: 'The body is not valid JSON' })
  }
  const wrapped: unknown = Array.isArray(json) ? json[0] : json
  if (!isRecord(wrapped)) {
    const message = 'The body must be a JSON object with action and payload'
    return invalid({ pointer: '', code: 'object-required', message })
  }
  const { action, payload } = isRecord(json) ? json : {}
  if (action === undefined)
    return invalid({ pointer: '/action', code: 'required', message: `action is missing: ${NAMES}` })
  if (action === 'batch_purchase') return readBatch(payload, currency)
  if (typeof action !== 'string' || !(action in ACTIONS))
    return invalid({ pointer: '/action', code: 'enum', message: `action must be ${NAMES}` })
  const name = action as keyof typeof ACTIONS
  const command = checked<Command>(payload, ACTIONS[name].schema, '/payload', (valid) => ACTIONS[name].read(valid, currency)) // prettier-ignore
  return isRefusal(command) ? command : { action: name, command }
}

function readBatch(payload: unknown, currency: string): Read | Refusal {
  const purchases = isRecord(payload) ? payload.purchases : undefined
  const pointer = '/payload/purchases'
  if (!Array.isArray(purchases))
    return invalid({ pointer, code: 'required', message: 'purchases must be a list' })
  if (purchases.length === 0 || purchases.length > MOST_LINES) {
    const message = `purchases must hold 1 to ${MOST_LINES} orders, these are ${purchases.length}`
    return invalid({ pointer, code: 'length', message })
  }
  const lines = purchases.map((one) => checked<Purchase>(one, PURCHASE, '', (valid) => readPurchase(valid, currency))) // prettier-ignore
  return { action: 'batch_purchase', lines }
}

function checked<C>(
  payload: unknown,
  schema: Schema,
  at: string,
  read: (valid: Payload) => C | Refusal,
): C | Refusal {
  if (!isRecord(payload)) return invalid({ pointer: at, code: 'type', message: 'must be an object' })
  // What is a date is judged by the reading.
  const misfits = check(schema, payload, true).filter(({ keyword }) => keyword !== 'format')
  return misfits.length > 0 ? invalid(...told(misfits, at)) : under(at, read(payload))
}

/** Branches of oneOf and anyOf say little to a reader: one sentence for the place is better. */
function told(misfits: Misfit[], at: string): NonNullable<Refusal['errors']> {
  const places = new Map<string, { pointer: string; code: string; message: string }>()
  const alternatives = new Set(misfits.filter(({ keyword }) => keyword === 'oneOf').map(({ path }) => path))
  for (const { path, keyword, message, missing } of misfits) {
    if (keyword === 'anyOf' && path === '') {
      const needed = 'email, phone or externalId is needed'
      places.set('contact', { pointer: at, code: 'contact-required', message: needed })
      continue
    }
    const isAbsent = keyword === 'required' || keyword === 'dependentRequired'
    if (keyword === 'required' && CONTACTS.has(missing!)) continue
    const pointer = at + path + (isAbsent ? `/${missing}` : '')
    const isForm = alternatives.has(path)
    const said = keyword === 'enum' ? message.replace(/: .*/, '') : message
    const sentence = isForm
      ? (EXPECTED[path.split('/').at(-1)!] ?? 'has none of the allowed forms')
      : (SENTENCES[keyword] ?? said)
    if (!places.has(pointer))
      places.set(pointer, { pointer, code: isForm ? 'form' : keyword, message: sentence })
  }
  return [...places.values()].slice(0, 50)
}

const CONTACTS: ReadonlySet<string> = new Set(['email', 'phone', 'externalId'])
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
