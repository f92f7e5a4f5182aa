import { resolve, type Limit, type Schema } from './contract.ts'

/** What does not fit, as Ajv would say it: the server's answers carry its words. */
export type Misfit = { path: string; keyword: string; message: string; missing?: string }

type Judge = (schema: Schema, value: unknown, all: boolean, path: string) => Misfit[]
type Rule = [keyword: string, Judge]
type Kind = 'number' | 'string' | 'any' | 'array' | 'object'

const misfit = (path: string, keyword: string, message: string): Misfit[] => [{ path, keyword, message }]
const size = (value: unknown): number =>
  typeof value === 'string'
    ? [...value].length
    : Array.isArray(value)
      ? value.length
      : Object.keys(value as object).length
const limit = (
  keyword: Limit,
  fits: (value: number, limit: number) => boolean,
  say: (n: number) => string,
): Rule => [
  keyword,
  (schema, value, _all, path) => {
    const n = schema[keyword]!
    return fits(typeof value === 'number' ? value : size(value), n) ? [] : misfit(path, keyword, say(n))
  },
]
const most = (keyword: Limit, what: string) =>
  limit(keyword, (value, n) => value <= n, (n) => `must NOT have more than ${n} ${what}`) // prettier-ignore
const least = (keyword: Limit, what: string) =>
  limit(keyword, (value, n) => value >= n, (n) => `must NOT have fewer than ${n} ${what}`) // prettier-ignore
const format: Rule = [
  'format',
  ({ format: name }, value, _all, path) =>
    typeof value !== 'string' || (FORMATS[name!]?.(value) ?? true)
      ? []
      : misfit(path, 'format', `must match format "${name}"`),
]

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  'date-time': (text) =>
    /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/i.test(text) && isDay(text.slice(0, 10)),
  date: isDay,
}

/** In the order in which Ajv looks, so that the first misfit is the same. */
const RULES: Readonly<Record<Kind, Rule[]>> = {
  number: [
    limit('maximum', (value, n) => value <= n, (n) => `must be <= ${n}`), // prettier-ignore
    limit('minimum', (value, n) => value >= n, (n) => `must be >= ${n}`), // prettier-ignore
    limit('exclusiveMinimum', (value, n) => value > n, (n) => `must be > ${n}`), // prettier-ignore
    [
      // A step of decimals is judged by what was written, not by dividing doubles; the server makes a format of it.
      'multipleOf',
      ({ multipleOf: step = 1 }, value, _all, path) => {
        const perOne = Math.round(1 / step)
        const fits = Math.round((value as number) * perOne) / perOne === value
        return fits ? [] : misfit(path, 'format', `must match format "multiple-of-${step}"`)
      },
    ],
  ],
  string: [
    most('maxLength', 'characters'),
    least('minLength', 'characters'),
    [
      'pattern',
      ({ pattern }, value, _all, path) =>
        new RegExp(pattern!, 'u').test(value as string)
          ? []
          : misfit(path, 'pattern', `must match pattern "${pattern}"`),
    ],
    format,
  ],
  any: [
    ['$ref', ({ $ref }, value, all, path) => check(resolve($ref!), value, all, path)],
    [
      'const',
      (schema, value, _all, path) =>
        value === schema.const ? [] : misfit(path, 'const', 'must be equal to constant'),
    ],
    [
      'enum',
      (schema, value, _all, path) =>
        schema.enum!.includes(value)
          ? []
          : misfit(
              path,
              'enum',
              `must be equal to one of the allowed values: ${schema.enum!.map(String).join(', ')}`,
            ),
    ],
    [
      'not',
      ({ not }, value, _all, path) =>
        check(not!, value, false, path).length > 0 ? [] : misfit(path, 'not', 'must NOT be valid'),
    ],
    [
      'anyOf',
      ({ anyOf }, value, all, path) => {
        const branches = anyOf!.map((branch) => check(branch, value, all, path))
        if (branches.some((misfits) => misfits.length === 0)) return []
        return [...branches.flat(), ...misfit(path, 'anyOf', 'must match a schema in anyOf')]
      },
    ],
    [
      'oneOf',
      ({ oneOf }, value, all, path) => {
        const branches = oneOf!.map((branch) => check(branch, value, all, path))
        if (branches.filter((misfits) => misfits.length === 0).length === 1) return []
        return [...branches.flat(), ...misfit(path, 'oneOf', 'must match exactly one schema in oneOf')]
      },
    ],
    [
      'allOf',
      ({ allOf }, value, all, path) => inTurn(all, allOf!, (branch) => check(branch, value, all, path)),
    ],
  ],
  array: [
    most('maxItems', 'items'),
    least('minItems', 'items'),
    [
      'uniqueItems',
      (_schema, value, _all, path) => {
        const items = value as unknown[]
        const first = items.findLastIndex((item, index) => items.includes(item, index + 1))
        if (first < 0) return []
        const again = items.indexOf(items[first], first + 1)
        return misfit(
          path,
          'uniqueItems',
          `must NOT have duplicate items (items ## ${again} and ${first} are identical)`,
        )
      },
    ],
    [
      'items',
      ({ items }, value, all, path) =>
        inTurn(all, value as unknown[], (item, index) => check(items!, item, all, `${path}/${index}`)),
    ],
  ],
  object: [
    most('maxProperties', 'properties'),
    least('minProperties', 'properties'),
    [
      'required',
      ({ required }, value, all, path) =>
        inTurn(all, required!, (missing) =>
          has(value, missing)
            ? []
            : [{ path, keyword: 'required', message: `must have required property '${missing}'`, missing }],
        ),
    ],
    [
      'dependentRequired',
      ({ dependentRequired }, value, all, path) =>
        inTurn(all, Object.entries(dependentRequired!), ([given, wanted]) =>
          !has(value, given)
            ? []
            : inTurn(all, wanted, (missing) => {
                const message = `must have property ${missing} when property ${given} is present`
                return has(value, missing) ? [] : [{ path, keyword: 'dependentRequired', message, missing }]
              }),
        ),
    ],
    [
      'additionalProperties',
      ({ additionalProperties, properties = {} }, value, all, path) =>
        inTurn(all, Object.entries(value as object), ([name, member]) => {
          if (name in properties || additionalProperties === true) return []
          if (typeof additionalProperties === 'object')
            return check(additionalProperties, member, all, `${path}/${escaped(name)}`)
          const message = 'must NOT have additional properties'
          return [{ path, keyword: 'additionalProperties', message, missing: name }]
        }),
    ],
    [
      'properties',
      ({ properties }, value, all, path) =>
        inTurn(all, Object.entries(properties!), ([name, schema]) =>
          has(value, name)
            ? check(schema, (value as Record<string, unknown>)[name], all, `${path}/${escaped(name)}`)
            : [],
        ),
    ],
  ],
}

/** Everything that does not fit, or, unless `all` is wanted, the first thing. None: it fits. */
export function check(schema: Schema, value: unknown, all = false, path = ''): Misfit[] {
  const types = schema.type === undefined ? [] : [schema.type].flat()
  const fitsType = types.length === 0 || types.some((type) => isType(value, type))
  const kindOfType = types.length === 1 ? (types[0] === 'integer' ? undefined : types[0]) : undefined
  // Ajv looks at the type together with the rules of that type, where there are any.
  const isLate = kindOfType !== undefined && RULES[kindOfType as Kind]?.some(([keyword]) => keyword in schema)
  const typeMisfit = () => misfit(path, 'type', `must be ${types.join(',')}`)

  const misfits: Misfit[] = fitsType || isLate ? [] : typeMisfit()
  for (const kind of Object.keys(RULES) as Kind[]) {
    if (!all && misfits.length > 0) return misfits
    if (isLate && kind === kindOfType && !fitsType) misfits.push(...typeMisfit())
    if (kind !== 'any' && !isType(value, kind)) continue
    misfits.push(
      ...inTurn(all, RULES[kind], ([keyword, judge]) =>
        keyword in schema ? judge(schema, value, all, path) : [],
      ),
    )
  }
  return misfits
}

function inTurn<T>(all: boolean, items: readonly T[], judge: (item: T, index: number) => Misfit[]): Misfit[] {
  const misfits: Misfit[] = []
  for (const [index, item] of items.entries()) {
    misfits.push(...judge(item, index))
    if (!all && misfits.length > 0) break
  }
  return misfits
}

function isType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return Number.isFinite(value)
    default:
      return typeof value === type
  }
}

function has(value: unknown, name: string): boolean {
  return (value as Record<string, unknown>)[name] !== undefined
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}
