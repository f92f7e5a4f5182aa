import { isRecord } from '../../domain/text.ts'

const MAX_PARAMETERS = 20_000
const MAX_DEPTH = 12
const FORM_TYPES: ReadonlySet<string> = new Set(['application/x-www-form-urlencoded', 'text/plain', ''])
const UNSAFE_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
const ENTITIES: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'" }

/**
 * The fields of any of Tilda's wire forms: urlencoded with `payment` as JSON (plain or HTML-escaped), urlencoded
 * with brackets, a JSON object, a JSON array of one object. Undefined when it is none of them, malformed, nested
 * more than 12 deep or longer than 20,000 parameters.
 */
export function decodeTildaBody(body: Buffer, contentType: string): Record<string, unknown> | undefined {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const text = body.toString('utf8').trim()
  const fields = /[/+]json$/.test(type)
    ? decodeJson(text)
    : FORM_TYPES.has(type)
      ? (decodeJson(text) ?? decodeForm(text))
      : undefined
  return fields && withPayment(fields)
}

/** What Tilda sends when a webhook is connected: `test=test`, and the API key where it travels in the body. */
export function isTildaProbe(fields: Readonly<Record<string, unknown>>): boolean {
  const others = Object.entries(fields).filter(([name]) => name !== 'test')
  return (
    Object.hasOwn(fields, 'test') &&
    fields.test === 'test' &&
    others.length <= 1 &&
    others.every(([name, value]) => typeof value === 'string' && name.toLowerCase() !== 'payment')
  )
}

function decodeJson(text: string): Record<string, unknown> | undefined {
  if (!/^[{[]/.test(text)) return undefined
  try {
    const value = safeCopy(JSON.parse(text), MAX_DEPTH)
    const values = (Array.isArray(value) ? value : [value]) as unknown[]
    const [only, ...more] = values
    return more.length === 0 && isRecord(only) ? only : undefined
  } catch {
    return undefined
  }
}

function safeCopy(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) throw new RangeError(`nested more than ${MAX_DEPTH} deep`)
  if (Array.isArray(value)) return value.map((element) => safeCopy(element, depth - 1))
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !UNSAFE_NAMES.has(name))
      .map(([name, member]) => [name, safeCopy(member, depth - 1)]),
  )
}

type Branch = Map<string, string | Branch>

/**
 * Not by qs: it splits `payment=["a[1]=490"]` at the wrong `=` and, with an arrayLimit that fits a big basket, lets
 * `a[19999]` cost an array of twenty thousand. Here the work is linear in the body, whatever the indexes.
 */
function decodeForm(text: string): Record<string, unknown> | undefined {
  if (text === '' || text.split('&', MAX_PARAMETERS + 1).length > MAX_PARAMETERS) return undefined
  // A sender that escapes for HTML but not for a form: the `&` of `&quot;` must not end the parameter.
  const whole = text.replace(/&(?:quot|amp|lt|gt|apos|#\d{2,4});/g, encodeURIComponent)
  const root: Branch = new Map()
  for (const [name, value] of new URLSearchParams(whole)) {
    const path = pathOf(name)
    if (path.length > MAX_DEPTH) return undefined
    if (!path.some((step) => UNSAFE_NAMES.has(step))) plant(root, path, value)
  }
  return Object.fromEntries([...root].map(([name, value]) => [name, harvest(value)]))
}

/** `a[b][]` → a, b, ''. A name whose brackets do not match is a name. */
function pathOf(name: string): string[] {
  const open = name.indexOf('[')
  if (open < 1 || !/^(?:\[[^[\]]*\])+$/.test(name.slice(open))) return [name]
  return [name.slice(0, open), ...name.slice(open + 1, -1).split('][')]
}

/** Of a parameter sent twice the last counts, as in PHP; what has brackets goes before what has none. */
function plant(root: Branch, path: readonly string[], value: string): void {
  let branch = root
  for (const [at, step] of path.entries()) {
    const name = step === '' && at > 0 ? String(branch.size) : step
    const grown = branch.get(name)
    if (at === path.length - 1) {
      if (!(grown instanceof Map)) branch.set(name, value)
      return
    }
    const next = grown instanceof Map ? grown : (new Map() as Branch)
    branch.set(name, next)
    branch = next
  }
}

function harvest(value: string | Branch): unknown {
  if (typeof value === 'string') return value
  const grown = [...value].map(([name, member]) => [name, harvest(member)] as const)
  if (!grown.every(([name]) => /^(?:0|[1-9]\d{0,8})$/.test(name))) return Object.fromEntries(grown)
  return grown.sort(([a], [b]) => Number(a) - Number(b)).map(([, member]) => member)
}

function withPayment(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const isPayment = typeof value === 'string' && name.toLowerCase() === 'payment'
      return [name, isPayment ? (decodePayment(value) ?? value) : value]
    }),
  )
}

/** As it is, or HTML-escaped once or twice on its way. */
function decodePayment(text: string): Record<string, unknown> | undefined {
  const once = withoutEntities(text)
  return decodeJson(text.trim()) ?? decodeJson(once.trim()) ?? decodeJson(withoutEntities(once).trim())
}

function withoutEntities(text: string): string {
  return text.replace(
    /&(?:(quot|amp|lt|gt|apos)|#(\d{2,4}));/g,
    (_, name: string | undefined, code: string) =>
      name === undefined ? String.fromCharCode(Number(code)) : (ENTITIES[name] ?? ''),
  )
}
